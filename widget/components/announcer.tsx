import { useEffect, useState } from 'preact/hooks'
import type { State } from '../session/state.ts'
import { fill } from '../strings.ts'
import { plainMessage } from '../text/plain.ts'
import { useAssistant } from './context.ts'

/** Long enough for a screen reader to take the words; then they go, so that nobody meets them twice. */
const KEEP_MS = 5_000

/** What a screen reader hears without moving: the bot's new messages as plain words, each in its language. */
export function Announcer({ state }: { state: State }) {
  const { strings } = useAssistant()
  const [said, setSaid] = useState<string>()
  const newest = state.news.at(-1)?.key
  useEffect(() => {
    const timer = setTimeout(() => setSaid(newest), KEEP_MS)
    return () => clearTimeout(timer)
  }, [newest])

  const from = state.news.findIndex(({ key }) => key === said) + 1
  return (
    <div class="hidden" aria-live="polite" aria-relevant="additions">
      {state.news.slice(from).map(({ key, text, message, language }) => {
        const options = message?.input?.options.length ?? 0
        return (
          <p key={key} lang={language}>
            {strings.assistant} {message ? plainMessage(message) : text}{' '}
            {options > 0 && fill(strings.optionsBelow, { n: options })}
          </p>
        )
      })}
    </div>
  )
}
