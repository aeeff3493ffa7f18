import type { Case } from '../../../interview/case.ts'
import type { Resolution, SectionState } from '../../../interview/resolve.ts'
import type { CaseView, SectionView } from '../../case-view.ts'
import { answerLabel, command, say, type Composing } from '../context.ts'
import { documentsPart, preCheckParts, resultParts } from './parts.ts'
import { SourceList } from './source-list.ts'
import { timeline } from './timeline.ts'

/**
 * The whole case in the reader's language, from the same resolution as the conversation. Pure.
 * @param known what is kept beside the case: its code, files to download
 */
export function caseView(
  on: Composing,
  current: Case,
  resolution: Resolution,
  known: Pick<CaseView, 'code' | 'downloads'> = {},
): CaseView {
  const sources = new SourceList()
  const applicable = resolution.sections.filter(({ state }) => state !== 'skipped')
  const done = applicable.filter(({ state }) => state === 'done').length
  const documents = documentsPart(on, resolution, sources)
  const duties = timeline(on, resolution, sources, current.following)
  return {
    language: on.language,
    version: current.revision,
    ...known,
    progress: {
      done,
      total: applicable.length,
      text: say(on, 'view-progress', { done, total: applicable.length }),
    },
    sections: applicable.flatMap((section) => sectionView(on, section, resolution) ?? []),
    results: [...resultParts(on, resolution, sources), ...preCheckParts(on, resolution, sources)],
    ...(documents === undefined ? {} : { documents }),
    ...(duties === undefined ? {} : { timeline: duties }),
    sources: sources.lines,
  }
}

function sectionView(
  on: Composing,
  { section, state }: SectionState,
  resolution: Resolution,
): SectionView | undefined {
  if (state === 'skipped') return undefined
  return {
    id: section.id,
    title: section.title[on.language],
    state,
    stateText: say(on, `view-${state}`),
    rows: resolution.path
      .filter((step) => step.section === section)
      .map(({ question, value }) => ({
        label: question.label[on.language],
        value: answerLabel(on, question, value),
        change: command(on, 'action-change', 'edit', question.id),
      })),
  }
}
