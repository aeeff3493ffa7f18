import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CommandName } from '../../src/rendering/message.ts'
import type { Strings } from '../strings.ts'
import { useAssistant } from './context.ts'
import { MenuIcon } from './icons.tsx'

const ENTRIES: readonly { readonly command: CommandName; readonly words: keyof Strings }[] = [
  { command: 'help', words: 'help' },
  { command: 'summary', words: 'summary' },
  { command: 'human', words: 'human' },
  { command: 'restart', words: 'restart' },
  { command: 'delete', words: 'deleteData' },
]

/** The menu button pattern: arrows move, Escape closes and gives the focus back. The bot confirms what cannot be undone. */
export function Menu() {
  const { strings, session } = useAssistant()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)

  // Before the next key can arrive.
  useLayoutEffect(() => {
    if (!open) return
    ;(list.current?.firstElementChild as HTMLElement | null)?.focus()
    const outside = (event: Event) => {
      const path = event.composedPath()
      if (list.current && button.current && !path.includes(list.current) && !path.includes(button.current)) {
        setOpen(false)
      }
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const key = (event: KeyboardEvent) => {
    const entries = Array.from(list.current?.children ?? []) as HTMLElement[]
    const at = entries.indexOf((list.current?.getRootNode() as ShadowRoot).activeElement as HTMLElement)
    const last = entries.length - 1
    if (event.key === 'ArrowDown') entries[at === last ? 0 : at + 1]?.focus()
    else if (event.key === 'ArrowUp') entries[at <= 0 ? last : at - 1]?.focus()
    else if (event.key === 'Home') entries[0]?.focus()
    else if (event.key === 'End') entries[last]?.focus()
    else if (event.key === 'Escape') close()
    else {
      if (event.key === 'Tab') setOpen(false)
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="menu">
      <button
        ref={button}
        type="button"
        class="icon-button"
        aria-label={strings.menu}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <MenuIcon />
      </button>
      {open && (
        <div ref={list} class="menu-list" role="menu" aria-label={strings.menu} onKeyDown={key}>
          {ENTRIES.map(({ command, words }) => (
            <button
              key={command}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={command === 'delete' ? 'danger' : ''}
              onClick={() => {
                close()
                session.send(strings[words], { kind: 'command', command })
              }}
            >
              {strings[words]}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
