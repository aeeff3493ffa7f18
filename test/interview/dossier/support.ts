import { dossier } from '../../../src/interview/dossier/dossier.ts'
import type { Dossier } from '../../../src/interview/dossier/schema.ts'
import { resolve, type Resolution } from '../../../src/interview/resolve.ts'
import type { Language } from '../../../src/language.ts'
import type { Answers } from '../../../src/rules/answers.ts'
import { brain, TODAY } from '../../support/brain.ts'

export const NOW = new Date('2026-11-24T08:00:00Z')

/** Answers what is asked from the facts, as far as they go. */
export function resolvedFrom(facts: Answers): Resolution {
  let answers: Answers = {}
  for (;;) {
    const resolution = resolve(brain.book, brain.dialogs, answers, TODAY)
    const open = resolution.open?.question.id
    const value = open === undefined ? undefined : facts[open]
    if (open === undefined || value === undefined || Object.hasOwn(answers, open)) return resolution
    answers = { ...answers, [open]: value }
  }
}

export function dossierOf(resolution: Resolution, language: Language = 'en'): Dossier {
  const { book, dialogs, following, dossier: kit } = brain
  return dossier({
    ...{ book, dialogs, resolution, language, now: NOW, form: kit.form, caseCode: 'ABCD-2345' },
    divisions: following.values.divisions,
    disclaimer: kit.words.phrases.disclaimer,
  })
}
