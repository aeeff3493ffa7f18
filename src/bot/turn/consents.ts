import { coveredKeys, settleConsents, textVersion, type Consent } from '../../interview/consent.ts'
import type { Case } from '../../interview/case.ts'
import type { Brain } from './brain.ts'
import type { TurnResult } from './turn.ts'

/**
 * What follows from what a turn did to the consents: nothing stays that is not agreed to, and what was decided is
 * noted. For every turn alike, whatever way the answer came.
 */
export function consented(brain: Brain, before: Case, result: TurnResult, now: Date): TurnResult {
  const { case: after, talk } = result.standing
  if (result.forget) return result
  const settled = settleConsents(brain.dialogs, before, after, now, (consent) => {
    const question = brain.dialogs.questions.get(consent)
    const { language } = after
    return textVersion(language, question?.ask[language] ?? '', question?.help?.[language] ?? '')
  })
  if (settled.case === after) return result
  const standing = { case: settled.case, talk: { ...talk, ...typedOf(brain, talk, settled.withdrawn) } }
  return settled.withdrawn.length === 0
    ? { ...result, standing }
    : { ...result, standing, withdrawn: settled.withdrawn }
}

/** What was typed and not taken may be what was agreed to. */
function typedOf(
  { dialogs }: Brain,
  { typed = {} }: TurnResult['standing']['talk'],
  over: readonly Consent[],
): { readonly typed?: Readonly<Record<string, string>> } {
  if (over.length === 0) return {}
  const gone = over.flatMap((consent) => coveredKeys(dialogs, { answers: typed, aside: {} }, consent))
  return { typed: Object.fromEntries(Object.entries(typed).filter(([key]) => !gone.includes(key))) }
}
