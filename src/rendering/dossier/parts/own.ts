import type { Dossier } from '../../../interview/dossier/schema.ts'
import { UNSURE } from '../../../rules/answers.ts'
import type { Cell, Composer, DocumentPart, Piece } from '../document.ts'

/** What belongs to this applicant alone: sheet, papers, findings, answers. */

type SheetField = Dossier['formSheet'][number]['fields'][number]

export function sheetPart(composer: Composer): DocumentPart {
  const { dossier, say, read, language } = composer
  const columns = [
    { title: say('column-label'), share: 3 },
    { title: say('column-value'), share: 6 },
    { title: say('column-done'), share: 1 },
  ]
  const pieces = dossier.formSheet.flatMap(({ title, fields }): readonly Piece[] => [
    { kind: 'heading', text: language === 'en' ? `${read(title)} · ${title['zh-CN']}` : title['zh-CN'] },
    { kind: 'table', columns, rows: fields.map((field) => fieldRow(composer, field)) },
  ])
  return {
    id: 'sheet',
    title: say('sheet'),
    pieces: [{ kind: 'text', tone: 'note', text: say('sheet-intro') }, ...pieces],
  }
}

/** The label as it stands in the official form comes first, whatever the reader's language. */
function fieldRow(composer: Composer, field: SheetField): readonly Cell[] {
  const { language } = composer
  const { label } = field
  return [
    language === 'en'
      ? { text: label['zh-CN'], strong: true, below: label.en }
      : { text: label['zh-CN'], strong: true },
    valueCell(composer, field),
    { text: '', box: true },
  ]
}

function valueCell({ say, language }: Composer, field: SheetField): Cell {
  switch (field.state) {
    case 'value': {
      const text = field.value ?? ''
      if (field.needsChinese) return { text, below: say('needs-chinese'), tone: 'warning' }
      const showsOther = language === 'en' && field.english !== undefined
      return { text, ...(showsOther ? { below: field.english } : {}) }
    }
    case 'open':
      return { text: say('open'), tone: 'warning' }
    case 'there':
    case 'official':
      return { text: say(field.state), tone: 'faint' }
  }
}

export function checklistPart({ dossier, say, read, quoting }: Composer): DocumentPart {
  const { checklist } = dossier
  const columns = [
    { title: say('column-paper'), share: 3 },
    { title: say('column-why'), share: 6 },
  ]
  const rows = checklist.map(({ label, text, notes, certain, sources }): readonly Cell[] => [
    { text: read(label), strong: true, box: true, ...(certain ? {} : { below: say('maybe') }) },
    {
      text: `${read(text)}${marks(quoting.numbersOf(sources))}`,
      ...(notes.length > 0 ? { below: notes.map(read).join('\n') } : {}),
    },
  ])
  return {
    id: 'checklist',
    title: say('checklist'),
    pieces:
      rows.length === 0
        ? [{ kind: 'text', text: say('checklist-none') }]
        : [
            { kind: 'text', tone: 'note', text: say('checklist-intro') },
            { kind: 'table', columns, rows },
          ],
  }
}

export function findingsPart({ dossier, say, read, quoting }: Composer): DocumentPart | undefined {
  const { findings } = dossier
  // Half an application without a fault says nothing of the whole.
  if (!findings || (findings.length === 0 && !dossier.complete)) return undefined
  const columns = [
    { title: say('column-finding'), share: 5 },
    { title: say('column-fix'), share: 5 },
  ]
  const rows = findings.map(({ text, fix, sources }): readonly Cell[] => [
    { text: read(text) },
    { text: `${fix === undefined ? '' : read(fix)}${marks(quoting.numbersOf(sources))}` },
  ])
  return {
    id: 'findings',
    title: say('findings'),
    pieces:
      rows.length === 0 ? [{ kind: 'text', text: say('findings-none') }] : [{ kind: 'table', columns, rows }],
  }
}

export function answersPart({ dossier, say, read }: Composer): DocumentPart {
  const columns = [
    { title: say('column-question'), share: 4 },
    { title: say('column-answer'), share: 6 },
  ]
  const rows = Object.values(dossier.answers).map(({ question, value, text, personal }): readonly Cell[] => [
    { text: read(question) },
    value === UNSURE
      ? { text: say(personal === 'none' ? 'unsure' : 'left-out'), tone: 'faint' }
      : { text: read(text) },
  ])
  return {
    id: 'answers',
    title: say('answers'),
    pieces: [
      { kind: 'text', tone: 'note', text: say('answers-intro') },
      { kind: 'table', columns, rows },
    ],
  }
}

/** " [1, 4]" */
function marks(numbers: readonly number[]): string {
  return numbers.length === 0 ? '' : ` [${numbers.join(', ')}]`
}
