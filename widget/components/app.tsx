import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Session } from '../session/session.ts'
import { stringsFor, type StringOverrides } from '../strings.ts'
import { Chat } from './chat.tsx'
import { AssistantContext } from './context.ts'
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

  return (
    <AssistantContext.Provider value={assistant}>
      <div class="root" lang={state.language}>
        {mode === 'launcher' ? (
          <Launcher state={state}>
            {(onClose) => <Chat state={state} mode={mode} onClose={onClose} />}
          </Launcher>
        ) : (
          <Chat state={state} mode={mode} />
        )}
      </div>
    </AssistantContext.Provider>
  )
}
