import { stepsOf, type TurnSeen } from '../bot/turn-seen.ts'
import type { Metrics } from './metrics.ts'

/**
 * Adds a turn to the metrics. Only questions the dialogs have are labels: an answer kept under another key, from a
 * release before, counts as `other`.
 */
export function countTurn(metrics: Metrics, questions: { has(id: string): boolean }, seen: TurnSeen): void {
  for (const step of stepsOf(seen)) {
    const question = questions.has(step.question) ? step.question : 'other'
    switch (step.kind) {
      case 'shown':
      case 'answered':
        metrics.questions.inc({ question, step: step.kind })
        break
      case 'no-match':
        metrics.noMatch.inc({ question })
        break
      case 'invalid':
        metrics.validation.inc({ question })
        break
      case 'consent':
        metrics.consents.inc({ consent: question, answer: step.answer })
    }
  }
}
