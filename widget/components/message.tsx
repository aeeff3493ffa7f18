import type { Action, Block } from '../../src/rendering/message.ts'
import type { Row } from '../session/view.ts'
import type { BotItem, OwnItem } from '../session/state.ts'
import { BlockView } from './blocks.tsx'
import { fill } from '../strings.ts'
import { plainText } from '../text/plain.ts'
import { useAssistant } from './context.ts'
import { NextIcon } from './icons.tsx'
import { InputView } from './input.tsx'
import { memo } from './memo.ts'

/** One message of the conversation, the bot's or the person's own. */
export const MessageView = memo(function MessageView({ row, last }: { row: Row; last: boolean }) {
  return row.item.from === 'bot' ? (
    <BotMessage row={row} item={row.item} />
  ) : (
    <OwnMessage item={row.item} last={last} change={row.change} />
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
      {message?.starts && <Starts starts={message.starts} active={row.actionsActive} />}
      {message?.input && (
        <InputView
          input={message.input}
          id={`input-${item.key}`}
          active={row.inputActive}
          chosen={row.chosen}
          sent={row.sent}
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

/** Ways to begin: large while the conversation is new. */
function Starts({ starts, active }: { starts: readonly Action[]; active: boolean }) {
  const { strings, session } = useAssistant()
  return (
    <div class={active ? 'starts' : 'starts old'} role="group" aria-label={strings.starts}>
      {starts.map(({ label, payload }, at) => (
        <button
          key={at}
          type="button"
          class="start"
          aria-disabled={!active}
          tabIndex={active ? undefined : -1}
          onClick={() => active && session.send(label, payload)}
        >
          <span>{label}</span>
          <NextIcon />
        </button>
      ))}
    </div>
  )
}

interface OwnProps {
  readonly item: OwnItem
  readonly last: boolean
  readonly change: Row['change']
}

function OwnMessage({ item, last, change }: OwnProps) {
  const { strings, session } = useAssistant()
  const failed = item.status === 'failed' || item.status === 'refused'
  const changeName =
    change && fill(strings.changeRow, { action: change.action.label, label: plainText(change.label) })
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
      {change && (
        <button
          type="button"
          class="link-button change"
          aria-label={changeName}
          onClick={() => session.send(changeName ?? '', change.action.payload)}
        >
          {change.action.label}
        </button>
      )}
      {!failed && (last || item.status === 'sending') && (
        <div class="delivery">{item.status === 'sending' ? strings.sending : strings.sent}</div>
      )}
    </div>
  )
}
