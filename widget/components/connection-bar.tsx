import { useAssistant } from './context.ts'

/** Says a lost connection plainly, and lets an impatient reader try at once. */
export function ConnectionBar({ lost }: { lost: boolean }) {
  const { strings, session } = useAssistant()
  return (
    <div class="connection" role="status">
      {lost && (
        <p>
          <span>{strings.reconnecting}</span>{' '}
          <button type="button" class="link-button" onClick={() => session.hurry()}>
            {strings.reconnectNow}
          </button>
        </p>
      )}
    </div>
  )
}
