import type { Metrics } from '../server/metrics.ts'
import { clausesOf } from '../trust/known.ts'
import { hide, inScope } from '../trust/scope.ts'
import type { Logic } from './speakers.ts'

/** Times the turns of a channel, in a scope of their own in which what was said stays out of the log. */
export function timed({ turns }: Metrics, channel: string, logic: Logic): Logic {
  return (context) =>
    inScope(async () => {
      const { text, from } = context.activity
      hide(() => [...clausesOf(text ?? ''), from?.name ?? ''])
      const done = turns.startTimer({ channel })
      try {
        await logic(context)
        done({ outcome: 'ok' })
      } catch (error) {
        done({ outcome: 'error' })
        throw error
      }
    })
}
