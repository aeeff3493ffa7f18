import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Session } from '../session/session.ts'
import { stringsFor, type StringOverrides } from '../strings.ts'
import { Announcer } from './announcer.tsx'
import { Composer } from './composer.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { AssistantContext } from './context.ts'
import { Header } from './header.tsx'
import { History } from './history.tsx'
import { Launcher } from './launcher.tsx'

export type Mode = 'inline' | 'page' | 'launcher'

interface Props {
  readonly session: Session
  readonly mode: Mode
  readonly overrides: StringOverrides
}

export function App({ session, mode, overrides }: Props) {
  const [state, setState] = useState(session.state)
  useEffect(() => {
    setState(session.state)
    return session.subscribe(setState)
  }, [session])

  const strings = stringsFor(state.language, overrides)
  // A new object where the language changes, so that every component that uses it is drawn again.
  const assistant = useMemo(() => ({ strings, session }), [state.language, overrides, session])

  useEffect(() => {
    if (mode !== 'page') return
    document.documentElement.lang = state.language
    document.title = strings.title
  }, [mode, strings.title, state.language])

  // One `main` in a document, and it is ours only where the page is ours.
  const Main = mode === 'page' ? 'main' : 'div'
  const chat = (onClose?: () => void) => (
    <div
      class={`app mode-${mode}`}
      role={mode === 'inline' ? 'region' : undefined}
      aria-labelledby={mode === 'inline' ? 'title' : undefined}
    >
      <Header page={mode === 'page'} titleId="title" onClose={onClose} />
      <ConnectionBar lost={state.connection === 'reconnecting'} />
      <Main class="main">
        <History state={state} />
        <Composer id="composer" />
      </Main>
      <Announcer state={state} />
    </div>
  )
  return (
    <AssistantContext.Provider value={assistant}>
      <div class="root" lang={state.language}>
        {mode === 'launcher' ? <Launcher state={state}>{chat}</Launcher> : chat()}
      </div>
    </AssistantContext.Provider>
  )
}
