import type { Problem } from '../../rules/proof/problem.ts'
import type { RuleBook } from '../../rules/rulebook.ts'
import type { Condition } from '../../rules/schema.ts'
import type { Dialogs } from '../dialogs.ts'
import { fieldsOf, keysOf, type FormField, type OfficialForm } from './form.ts'

const FILE = 'rules/form.yaml'
/** Decisions and derived keys that conditions may ask about besides the declared ones. */
const DERIVED: readonly string[] = ['entity.group', 'filing-type', 'pre-approval']

/** What is wrong between the official form, the dialogs and the facts; both languages are checked by its shape. */
export function proveForm(form: OfficialForm, book: RuleBook, dialogs: Dialogs): readonly Problem[] {
  const fields = fieldsOf(form)
  return [
    ...repeated(fields.map(({ id }) => id)),
    ...form.steps.flatMap(({ id, facts }) => unknownFacts(book, id, facts)),
    ...fields.flatMap((field) => [
      ...unknownFacts(book, field.id, field.facts),
      ...unasked(dialogs, field),
      ...conditionsOf(field).flatMap((condition) => unknownKeys(book, field.id, condition)),
    ]),
    ...missing(fields, dialogs),
  ]
}

function repeated(ids: readonly string[]): readonly Problem[] {
  return ids
    .filter((id, at) => ids.indexOf(id) !== at)
    .map((id) => ({
      file: FILE,
      place: id,
      problem: 'two fields have this id',
      remedy: 'Rename the newer one.',
    }))
}

function unknownFacts(book: RuleBook, place: string, facts: readonly string[]): readonly Problem[] {
  return facts
    .filter((id) => !book.facts.has(id))
    .map((id) => ({
      file: FILE,
      place,
      problem: `it cites the fact "${id}", which is not there`,
      remedy: 'Correct the id.',
    }))
}

function unasked({ questions }: Dialogs, field: FormField): readonly Problem[] {
  return keysOf(field)
    .filter((key) => !questions.has(key))
    .map((key) => ({
      file: FILE,
      place: field.id,
      problem: `no dialog asks for "${key}"`,
      remedy: 'Correct the key, or add the question to dialogs/.',
    }))
}

function unknownKeys(book: RuleBook, place: string, condition: Condition): readonly Problem[] {
  return Object.keys(condition)
    .filter((key) => !book.keys.has(key) && !DERIVED.includes(key))
    .map((key) => ({
      file: FILE,
      place,
      problem: `a condition asks about "${key}", which rules/keys.yaml does not declare`,
      remedy: 'Correct the key; typed answers cannot be asked about.',
    }))
}

/** Whatever an applicant types has a place on the sheet, or they would have typed it for nothing. */
function missing(fields: readonly FormField[], { questions }: Dialogs): readonly Problem[] {
  const taken = new Set(fields.flatMap(keysOf))
  return [...questions.values()]
    .filter(({ id, field }) => field !== undefined && field !== 'date' && !taken.has(id))
    .map(({ id }) => ({
      file: FILE,
      place: id,
      problem: 'it is typed in the conversation, but no field of the form takes it',
      remedy: 'Add the field that it is meant for.',
    }))
}

function conditionsOf({ when, chinese, otherwise, values }: FormField): readonly Condition[] {
  return [
    when,
    ...(chinese ? [chinese] : []),
    ...(otherwise ? [otherwise.unless] : []),
    ...values.map((value) => value.when),
  ]
}
