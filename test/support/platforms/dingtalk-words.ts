/** A message that reached DingTalk, whichever way. */
export interface Posted {
  readonly way: 'session' | 'group' | 'person'
  /** Session, conversation or person. */
  readonly to: string
  readonly kind: string
  readonly title?: string
  readonly text: string
  readonly buttons: readonly { readonly title: string; readonly url: string }[]
}

type Words = Omit<Posted, 'way' | 'to'>

/** As posted to the address of a conversation. */
export function ofSession(body: Record<string, unknown>): Words {
  const {
    msgtype,
    text: plain,
    markdown,
    actionCard,
  } = body as {
    msgtype: string
    text?: { content: string }
    markdown?: { title: string; text: string }
    actionCard?: {
      title: string
      text: string
      singleTitle?: string
      singleURL?: string
      btns?: { title: string; actionURL: string }[]
    }
  }
  if (plain) return { kind: msgtype, text: plain.content, buttons: [] }
  const { title = '', text: words = '' } = markdown ?? actionCard ?? {}
  const single = actionCard?.singleTitle
  const buttons =
    single === undefined
      ? (actionCard?.btns ?? []).map((one) => ({ title: one.title, url: one.actionURL }))
      : [{ title: single, url: actionCard?.singleURL ?? '' }]
  return { kind: msgtype, title, text: words, buttons }
}

/** The templates of a robot's messages, with every parameter that each needs. */
export function ofTemplate(key: string, given: Record<string, string>): Words | undefined {
  const { title, text: words, content } = given
  if (key === 'sampleText') return content ? { kind: 'text', text: content, buttons: [] } : undefined
  if (!title || !words) return undefined
  if (key === 'sampleMarkdown') return { kind: 'markdown', title, text: words, buttons: [] }
  const [, number] = /^sampleActionCard([2-5]?)$/.exec(key) ?? []
  if (number === undefined) return undefined
  const buttons =
    number === ''
      ? [{ title: given.singleTitle ?? '', url: given.singleURL ?? '' }]
      : Array.from({ length: Number(number) }, (_, at) => ({
          title: given[`actionTitle${at + 1}`] ?? '',
          url: given[`actionURL${at + 1}`] ?? '',
        }))
  if (buttons.some((one) => !one.title || !one.url)) return undefined
  return { kind: 'actionCard', title, text: words, buttons }
}
