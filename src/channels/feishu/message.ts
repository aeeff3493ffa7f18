import type { z } from 'zod'
import type { payloadSchema } from './card.ts'
import type { buttonSchema } from './events.ts'

const BUTTONS_IN_ROW = 5

/** A message as the platform's API takes it. */
export interface FeishuMessage {
  readonly msg_type: 'post' | 'interactive'
  /** JSON, as text. */
  readonly content: string
}

type FeishuPayload = z.infer<typeof payloadSchema>
type Button = Extract<FeishuPayload, { parts: unknown }>['buttons'][number]

/** What was kept, in the platform's own shape. The buttons of a card carry the thread in which it stands. */
export function toMessage(payload: FeishuPayload, thread: string | undefined): FeishuMessage {
  return 'text' in payload
    ? { msg_type: 'post', content: JSON.stringify(post(payload.text)) }
    : { msg_type: 'interactive', content: JSON.stringify(card(payload, thread)) }
}

/** Rich text, whose texts are shown as they are; in a plain message `<at …>` would call people. */
function post(text: string): object {
  // A paragraph without text is refused.
  const paragraphs = text.split('\n').map((line) => [{ tag: 'text', text: line === '' ? ' ' : line }])
  return { zh_cn: { content: paragraphs } }
}

function card(
  { parts, buttons, summary }: Extract<FeishuPayload, { parts: unknown }>,
  thread: string | undefined,
): object {
  const elements = parts.map((part) =>
    'markdown' in part
      ? { tag: 'markdown', content: part.markdown }
      : { tag: 'div', text: { tag: 'plain_text', content: part.literal } },
  )
  return {
    schema: '2.0',
    // Forwarded to another chat, its buttons would speak there for this one.
    config: { enable_forward: false, update_multi: true, summary: { content: summary } },
    body: { elements: [...elements, ...rows(buttons, thread)] },
  }
}

function rows(buttons: readonly Button[], thread: string | undefined): readonly object[] {
  const all: object[] = []
  for (let at = 0; at < buttons.length; at += BUTTONS_IN_ROW)
    all.push({
      tag: 'column_set',
      flex_mode: 'flow',
      horizontal_spacing: '8px',
      columns: buttons.slice(at, at + BUTTONS_IN_ROW).map((button) => ({
        tag: 'column',
        width: 'auto',
        elements: [toButton(button, thread)],
      })),
    })
  return all
}

function toButton({ label, command, primary }: Button, thread: string | undefined): object {
  const value: z.infer<typeof buttonSchema> = { command, ...(thread === undefined ? {} : { thread }) }
  return {
    tag: 'button',
    type: primary ? 'primary' : 'default',
    text: { tag: 'plain_text', content: label },
    behaviors: [{ type: 'callback', value }],
  }
}
