import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { State } from '../session/state.ts'
import { fill } from '../strings.ts'
import { useAssistant } from './context.ts'
import { ChatIcon } from './icons.tsx'

interface Props {
  readonly state: State
  readonly children: (onClose: () => void) => ComponentChildren
}

/** The button at the corner and the panel it opens. Nothing is asked of the server before it is opened. */
export function Launcher({ state, children }: Props) {
  const { strings, session } = useAssistant()
  const [open, setOpen] = useState(() => openBefore.read())
  const [readTo, setReadTo] = useState<string>()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const newest = state.log.at(-1)?.key
  const from = readTo === undefined ? state.log.length : state.log.findIndex(({ key }) => key === readTo) + 1
  const unread = open ? 0 : state.log.slice(from).filter(({ from: who }) => who === 'bot').length

  useEffect(() => {
    openBefore.write(open)
    if (open) session.start()
  }, [open, session])
  useEffect(() => {
    if (open) setReadTo(newest)
  }, [open, newest])

  const show = () => {
    setOpen(true)
    // The person asked for it, so the focus may go in: to the box, except where that raises a keyboard.
    requestAnimationFrame(() => {
      const touch = matchMedia('(pointer: coarse)').matches
      panel.current?.querySelector<HTMLElement>(touch ? '[role=log]' : 'textarea')?.focus()
    })
  }
  const close = () => {
    setOpen(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  if (open) {
    return (
      <div
        ref={panel}
        class="panel"
        role="dialog"
        aria-labelledby="title"
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        {children(close)}
      </div>
    )
  }
  return (
    <button
      ref={button}
      type="button"
      class="launcher"
      aria-label={unread > 0 ? fill(strings.openChatUnread, { n: unread }) : strings.openChat}
      aria-haspopup="dialog"
      onClick={show}
    >
      <ChatIcon />
      <span class="launcher-text">{strings.launcher}</span>
      {unread > 0 && <span class="badge">{unread > 9 ? '9+' : unread}</span>}
    </button>
  )
}

/** Stays open from page to page of one visit. */
const openBefore = {
  key: 'icp-filing-assistant:open',
  read(): boolean {
    try {
      return sessionStorage.getItem(this.key) === 'yes'
    } catch {
      return false
    }
  },
  write(open: boolean): void {
    try {
      sessionStorage.setItem(this.key, open ? 'yes' : 'no')
    } catch {
      // Without storage it simply starts closed on the next page.
    }
  },
}
