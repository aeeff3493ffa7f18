import type { Brain } from '../../bot/turn/brain.ts'
import { resolveCase } from '../../bot/turn/brain.ts'
import { calendarFile } from '../../bot/turn/following/calendar-file.ts'
import { dayInShanghai } from '../../bot/today.ts'
import type { Case } from '../../interview/case.ts'
import { checklist } from '../../interview/checklist.ts'
import { dossier } from '../../interview/dossier/dossier.ts'
import { isFilled } from '../../interview/dossier/form.ts'
import type { Dossier } from '../../interview/dossier/schema.ts'
import { dossierFindings } from '../../interview/pre-check/dossier-findings.ts'
import { exportOf } from '../../interview/following/export.ts'
import { dossierDocument } from '../../rendering/dossier/document.ts'

/** The files of a case, by the name in their address. */
export const FILES = ['dossier.pdf', 'dossier.json', 'deadlines.ics', 'my-data.json'] as const
export type FileName = (typeof FILES)[number]

export interface MadeFile {
  readonly type: string
  readonly body: Buffer
}

/** What a file is made from. */
export interface FileSubject {
  readonly brain: Brain
  readonly current: Case
  readonly now: Date
  readonly caseCode: string | undefined
}

/** Makes a file from the case as it is; undefined where there is nothing to put in it. */
export async function makeFile(name: FileName, subject: FileSubject): Promise<MadeFile | undefined> {
  const { brain, current, now, caseCode } = subject
  switch (name) {
    case 'dossier.pdf': {
      if (!filesOf(subject).includes(name)) return undefined
      const { words } = brain.dossier
      // Fonts and the PDF writer take a fifth of a second to load, for which no start waits.
      const { dossierPdf } = await import('../../rendering/dossier/pdf/dossier-pdf.ts')
      const body = await dossierPdf(dossierDocument(words, dossierOf(subject)), words, now)
      return { type: 'application/pdf', body }
    }
    case 'dossier.json':
      return filesOf(subject).includes(name) ? json(dossierOf(subject)) : undefined
    case 'deadlines.ics': {
      const file = calendarFile(brain, brain.following, current, now)
      return file && { type: file.type, body: Buffer.from(file.body) }
    }
    case 'my-data.json':
      return json({ ...exportOf(current), ...(caseCode === undefined ? {} : { caseCode }) })
  }
}

/** Which files a case has. */
export function filesOf({
  brain,
  current,
  now,
}: Pick<FileSubject, 'brain' | 'current' | 'now'>): readonly FileName[] {
  if (Object.keys(current.answers).length === 0) return []
  const filled = isFilled(brain.dossier.form, resolveCase(brain, current.answers, dayInShanghai(now)))
  const deadlines = calendarFile(brain, brain.following, current, now) !== undefined
  const there: Readonly<Record<FileName, boolean>> = {
    'dossier.pdf': filled,
    'dossier.json': filled,
    'deadlines.ics': deadlines,
    'my-data.json': true,
  }
  return FILES.filter((name) => there[name])
}

function dossierOf({ brain, current, now, caseCode }: FileSubject): Dossier {
  const { book, dialogs, following, dossier: kit } = brain
  const resolution = resolveCase(brain, current.answers, dayInShanghai(now))
  return dossier({
    ...{ book, dialogs, now, caseCode, language: current.language, form: kit.form },
    divisions: following.values.divisions,
    resolution,
    disclaimer: kit.words.phrases.disclaimer,
    findings: dossierFindings(brain.preCheck, resolution),
    checklist: checklist(book, brain.preCheck.papers, resolution),
  })
}

function json(value: object): MadeFile {
  return {
    type: 'application/json; charset=utf-8',
    body: Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`),
  }
}
