import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { State } from '../session/state.ts'
import { rowsOf } from '../session/view.ts'
import { useAssistant } from './context.ts'
import { holdWhilePressed } from './held.ts'
import { DownIcon } from './icons.tsx'
import { MessageView } from './message.tsx'

/** Nearer to the end than this counts as "at the end". */
const NEAR = 80

/** The conversation. It follows news only for a reader who is at its end, and never moves the focus. */
export function History({ state }: { state: State }) {
  const { strings } = useAssistant()
  const log = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  /** Whether the reader has gone elsewhere since the newest was shown. */
  const moved = useRef(false)
  const gone = () => {
    moved.current = true
  }
  const show = (frame: HTMLElement) => {
    moved.current = false
    showNewest(frame)
  }
  const [below, setBelow] = useState(false)

  const rows = rowsOf(state)
  const newest = rows.at(-1)?.item
  const newestOwn = rows.filter(({ item }) => item.from === 'user').at(-1)?.item.key

  useLayoutEffect(() => {
    atEnd.current = true
  }, [newestOwn])

  useLayoutEffect(() => {
    if (!log.current) return
    if (atEnd.current) show(log.current)
    else if (newest?.from === 'bot') setBelow(true)
  }, [newest?.key, state.waiting, state.gone, state.log.length])

  // A phone turned on its side breaks every line anew: what was read does not stay where it was.
  useEffect(() => {
    const frame = log.current
    if (!frame) return
    let width = frame.clientWidth
    const turned = new ResizeObserver(() => {
      if (frame.clientWidth === width) return
      width = frame.clientWidth
      if (!moved.current) show(frame)
    })
    turned.observe(frame)
    return () => turned.disconnect()
  }, [])

  return (
    <div class="history-frame">
      <div
        ref={log}
        class="history"
        role="log"
        // Its news is announced by <Announcer>, in the words that matter; the log itself stays silent.
        aria-live="off"
        aria-label={strings.history}
        tabIndex={0}
        onWheel={gone}
        onTouchMove={gone}
        onPointerDown={(event) => {
          gone()
          holdWhilePressed(event)
        }}
        onKeyDown={gone}
        onScroll={(event) => {
          atEnd.current = distance(event.currentTarget) < NEAR
          if (atEnd.current) setBelow(false)
        }}
      >
        <div class="column">
          {state.gone && <p class="notice">{strings.gone}</p>}
          {state.connection === 'connecting' && rows.length === 0 && (
            <div class="connecting">
              <Dots />
              <span>{strings.connecting}</span>
            </div>
          )}
          {rows.map((row) => (
            <MessageView key={row.item.key} row={row} last={row.item === newest} />
          ))}
          {state.waiting && (
            <div class="typing">
              <Dots />
              <span class="hidden">{strings.typing}</span>
            </div>
          )}
        </div>
      </div>
      {below && (
        <button
          type="button"
          class="to-newest"
          onClick={() => {
            atEnd.current = true
            setBelow(false)
            if (log.current) show(log.current)
            log.current?.focus()
          }}
        >
          <DownIcon />
          {strings.newMessages}
        </button>
      )}
    </div>
  )
}

const Dots = () => (
  <span class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
)

function distance(log: HTMLElement): number {
  return log.scrollHeight - log.scrollTop - log.clientHeight
}

/** To the end; but a reply longer than the window is shown from its start, under the message it answers. */
function showNewest(log: HTMLElement): void {
  // In a very low window the whole widget scrolls instead of the log (layout.css).
  const frame = getComputedStyle(log).overflowY === 'visible' ? log.closest<HTMLElement>('.front') : log
  if (!frame) return
  const own = Array.from(log.querySelectorAll<HTMLElement>('.message.own')).at(-1)
  const end = frame.scrollHeight - frame.clientHeight
  const start = own
    ? own.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop - 12
    : 0
  frame.scrollTop = Math.min(end, start)
}
