import { useEffect, useRef, useState } from 'preact/hooks'
import type { State } from '../session/state.ts'
import { Announcer } from './announcer.tsx'
import type { Mode } from './app.tsx'
import { CaseBar } from './case-panel.tsx'
import { CaseAside, CaseSheet } from './case-sheet.tsx'
import { Composer } from './composer.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Header } from './header.tsx'
import { History } from './history.tsx'

interface Props {
  readonly state: State
  readonly mode: Mode
  readonly onClose?: () => void
}

/** The frame: header, conversation and box; beside them the case, or a bar that opens it over them. */
export function Chat({ state, mode, onClose }: Props) {
  const page = mode === 'page'
  const beside = useWide() && page
  const [sheet, setSheet] = useState(false)
  const opener = useRef<HTMLElement | null>(null)
  const covered = sheet && !beside
  const close = () => {
    setSheet(false)
    requestAnimationFrame(() => opener.current?.focus())
  }
  // One `main` in a document, and it is ours only where the page is ours.
  const Main = page ? 'main' : 'div'
  return (
    <div
      class={`app mode-${mode}`}
      role={mode === 'inline' ? 'region' : undefined}
      aria-labelledby={mode === 'inline' ? 'title' : undefined}
    >
      <div class="front" inert={covered}>
        <Header page={page} titleId="title" onClose={onClose} />
        <ConnectionBar lost={state.connection === 'reconnecting'} />
        <div class="body">
          <Main class="main">
            {!beside && state.view && (
              <CaseBar
                view={state.view}
                onOpen={(button) => {
                  opener.current = button
                  setSheet(true)
                }}
              />
            )}
            <History state={state} />
            <Composer id="composer" />
          </Main>
          {beside && <CaseAside view={state.view} />}
        </div>
        <Announcer state={state} />
      </div>
      {covered && <CaseSheet view={state.view} onClose={close} />}
    </div>
  )
}

/** In a low window all of the conversation scrolls as one (layout.css), so nothing can stand beside it. */
const WIDE = '(min-width: 1100px) and (min-height: 421px)'

function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches)
  useEffect(() => {
    const query = matchMedia(WIDE)
    const change = () => setWide(query.matches)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  return wide
}
