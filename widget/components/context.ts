import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Session } from '../session/session.ts'
import type { Strings } from '../strings.ts'

/** What every component may need: the words of the current language and the session. */
export interface Assistant {
  readonly strings: Strings
  readonly session: Session
}

export const AssistantContext = createContext<Assistant | undefined>(undefined)

export function useAssistant(): Assistant {
  const assistant = useContext(AssistantContext)
  if (assistant === undefined) throw new Error('a widget component stands outside <App>')
  return assistant
}
