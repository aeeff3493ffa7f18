import { parseArgs } from 'node:util'
import { parse as parseYaml } from 'yaml'
import { FIELDS } from '../../src/interview/schema.ts'
import { nearestLanguage } from '../../src/language.ts'
import { conditionSchema, type Condition } from '../../src/rules/schema.ts'
import { addQuestion } from './new-question.ts'
import { UsageError } from './usage-error.ts'
import { loadWords, type Say } from './words.ts'

const OPTIONS = {
  section: { type: 'string' },
  id: { type: 'string' },
  type: { type: 'string', default: 'choice' },
  values: { type: 'string', default: '' },
  'label-zh': { type: 'string' },
  'label-en': { type: 'string' },
  field: { type: 'string' },
  unsure: { type: 'boolean', default: false },
  skip: { type: 'boolean', default: false },
  when: { type: 'string' },
  after: { type: 'string' },
  rules: { type: 'string' },
  dialogs: { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean' },
} as const

export interface QuestionSurroundings {
  readonly locale: string | undefined
  /** Folder that holds `rules/` and `dialogs/`. */
  readonly root: string
}

/** `npm run new:question`: adds the skeleton of a question and returns the next steps. Throws UsageError. */
export function newQuestionCommand(argv: readonly string[], { locale, root }: QuestionSurroundings): string {
  const own = nearestLanguage(locale) ?? 'en'
  const values = optionsFrom(argv, loadWords().say(own))
  const say = loadWords().say(nearestLanguage(values.lang) ?? own)
  const { section, id, type } = values
  const label = { 'zh-CN': values['label-zh']?.trim(), en: values['label-en']?.trim() }
  if (values.help || !section || !id || !label['zh-CN'] || !label.en)
    throw new UsageError(say('question-usage'))
  if (type !== 'choice' && type !== 'choices' && type !== 'region' && type !== 'field')
    throw new UsageError(say('question-type', { word: type }))
  const field = type === 'field' ? FIELDS.find((name) => name === values.field) : undefined
  if (type === 'field' && field === undefined)
    throw new UsageError(
      say('question-field', { word: values.field ?? '', possible: FIELDS.join(say('comma')) }),
    )
  const options = type === 'field' || type === 'region' ? '' : values.values
  const file = addQuestion(
    values.rules ?? `${root}/rules`,
    values.dialogs ?? `${root}/dialogs`,
    {
      section,
      id,
      type,
      values: options
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== ''),
      label: { 'zh-CN': label['zh-CN'], en: label.en },
      field,
      unsure: values.unsure && type !== 'field',
      skip: values.skip && type === 'field',
      when: conditionFrom(values.when, say),
      after: values.after,
    },
    say,
  )
  return say('question-added', { id, file })
}

function optionsFrom(argv: readonly string[], say: Say) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n${say('question-usage')}`, {
      cause: error,
    })
  }
}

/** A condition as the files write it: `{ server.region: mainland }`. */
function conditionFrom(text: string | undefined, say: Say): Condition | undefined {
  if (text === undefined) return undefined
  try {
    return conditionSchema.parse(parseYaml(text))
  } catch (error) {
    throw new UsageError(say('question-when', { word: text }), { cause: error })
  }
}
