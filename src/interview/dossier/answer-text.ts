import type { Text } from '../../language.ts'
import { UNSURE, type AnswerValue } from '../../rules/answers.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Divisions } from '../../rules/values/divisions.ts'
import { optionsOf, type Dialogs } from '../dialogs.ts'

interface Known {
  readonly book: RuleBook
  readonly dialogs: Dialogs
  readonly divisions: () => Divisions
}

/** An answer as people read it, in both languages; what was typed stays as it is. Pure. */
export function answerText({ book, dialogs, divisions }: Known, key: string, value: AnswerValue): Text {
  const question = dialogs.questions.get(key)
  const values = typeof value === 'string' ? [value] : value
  if (!question || question.field !== undefined) {
    const typed = values.map((one) => (question?.field === 'division' ? divisionName(divisions(), one) : one))
    return { 'zh-CN': typed.join('；'), en: typed.join('; ') }
  }
  const options = optionsOf(book, question)
  const labels = values.map(
    (one): Text =>
      options.find((option) => option.value === one)?.label ?? (one === UNSURE ? NOT_SURE : same(one)),
  )
  return {
    'zh-CN': labels.map((label) => label['zh-CN']).join('、'),
    en: labels.map((label) => label.en).join(', '),
  }
}

/** The value itself: whoever shows it has the words for it. */
const NOT_SURE = same(UNSURE)

function same(text: string): Text {
  return { 'zh-CN': text, en: text }
}

/** Province, city and district of a code; anything else as it was typed. */
function divisionName(divisions: Divisions, code: string): string {
  const names: string[] = []
  for (
    let at = divisions.byCode(code);
    at;
    at = at.parent === undefined ? undefined : divisions.byCode(at.parent)
  )
    if (names[0] !== at.name) names.unshift(at.name)
  return names.length > 0 ? names.join(' ') : code
}
