import type { Action, Block } from '../../src/rendering/message.ts'
import type { Row } from '../session/view.ts'
import type { BotItem, OwnItem } from '../session/state.ts'
import { BlockView } from './blocks.tsx'
import { useAssistant } from './context.ts'
import { InputView } from './input.tsx'
import { memo } from './memo.ts'

/** One message of the conversation, the bot's or the person's own. */
export const MessageView = memo(function MessageView({ row, last }: { row: Row; last: boolean }) {
  return row.item.from === 'bot' ? (
    <BotMessage row={row} item={row.item} />
  ) : (
    <OwnMessage item={row.item} last={last} />
  )
})

function BotMessage({ row, item }: { row: Row; item: BotItem }) {
  const { strings } = useAssistant()
  const { message } = item
  return (
    <div class={isWide(item) ? 'message bot wide' : 'message bot'} lang={item.language}>
      <span class="hidden">{strings.assistant}</span>
      {message === undefined && <div class="text as-typed">{item.text}</div>}
      {message?.blocks.map((block, at) => (
        <BlockView key={at} block={block} summaryActive={row.summaryActive} />
      ))}
      {message?.input && (
        <InputView
          input={message.input}
          id={`input-${item.key}`}
          active={row.inputActive}
          chosen={row.chosen}
        />
      )}
      {message?.actions && <Actions actions={message.actions} active={row.actionsActive} />}
    </div>
  )
}

/** A question or a finding takes the whole column; a short remark only what it needs. */
function isWide({ message }: BotItem): boolean {
  const long = ({ kind }: Block) => kind === 'statements' || kind === 'summary'
  return message !== undefined && (message.input !== undefined || message.blocks.some(long))
}

/** Old ones are gone from view; one that has just been pressed stays until the focus leaves it (message.css). */
function Actions({ actions, active }: { actions: readonly Action[]; active: boolean }) {
  const { strings, session } = useAssistant()
  return (
    <div class={active ? 'actions' : 'actions old'} role="group" aria-label={strings.actions}>
      {actions.map(({ label, payload }, at) => (
        <button
          key={at}
          type="button"
          class="action"
          aria-disabled={!active}
          tabIndex={active ? undefined : -1}
          onClick={() => active && session.send(label, payload)}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

function OwnMessage({ item, last }: { item: OwnItem; last: boolean }) {
  const { strings, session } = useAssistant()
  const failed = item.status === 'failed' || item.status === 'refused'
  const retry = (event: MouseEvent) => {
    // The button goes away; the focus of whoever pressed it stays in the conversation.
    if (event.currentTarget instanceof Element)
      event.currentTarget.closest<HTMLElement>('[role=log]')?.focus()
    session.retry(item.key)
  }
  return (
    <div class={failed ? 'message own failed' : 'message own'}>
      <span class="hidden">{strings.you}</span>
      <div class="bubble as-typed">{item.text}</div>
      {failed && (
        <div class="delivery" role="alert">
          <span>{item.status === 'refused' ? strings.refused : strings.failed}</span>
          <button type="button" class="link-button" onClick={retry}>
            {strings.retry}
          </button>
        </div>
      )}
      {!failed && (last || item.status === 'sending') && (
        <div class="delivery">{item.status === 'sending' ? strings.sending : strings.sent}</div>
      )}
    </div>
  )
}
