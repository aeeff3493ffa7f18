import { AppError } from '../errors.ts'
import { parseFile, readYamlFolder, type YamlFile } from '../rules/read.ts'
import type { RuleBook } from '../rules/rulebook.ts'
import { sectionSchema, type Question, type QuestionOption, type Section } from './schema.ts'

/** The dialog trees: sections in the order of their file names, questions in the order of the file. */
export interface Dialogs {
  readonly sections: readonly Section[]
  readonly questions: ReadonlyMap<string, Question>
}

/** Reads `dialogs/*.yaml`. Throws AppError `dialogs-invalid` naming file and place. */
export function loadDialogs(folder: string): Dialogs {
  return buildDialogs(readYamlFolder(folder, 'dialogs-invalid').filter((file) => /^\d/.test(file.path)))
}

export function buildDialogs(files: readonly YamlFile[]): Dialogs {
  const sections = inOrder(files).map((file) => parseFile(sectionSchema, file, 'dialogs-invalid'))
  const questions = new Map<string, Question>()
  for (const question of sections.flatMap((section) => section.questions)) {
    if (questions.has(question.id))
      throw new AppError('dialogs-invalid', {
        subject: question.id,
        detail: `the question "${question.id}" stands twice in dialogs/`,
        remedy: 'Keep one of the two; every answer key is asked in one place.',
      })
    questions.set(question.id, question)
  }
  return { sections, questions }
}

/** By the number a file name begins with: `10-check.yaml` comes after `9-administrator.yaml`. */
export function inOrder(files: readonly YamlFile[]): readonly YamlFile[] {
  const place = ({ path }: YamlFile) => Number.parseInt(path, 10)
  return [...files].sort((one, other) => place(one) - place(other))
}

/** The options of a question; for a region question, the regions with all names they go by. A typed answer has none. */
export function optionsOf(book: RuleBook, question: Question): readonly QuestionOption[] {
  if (question.options) return question.options
  if (question.field !== undefined) return []
  return [...book.provinces.values()].map((province) => ({
    value: province.province,
    label: province.name,
    synonyms: province.aliases,
  }))
}
