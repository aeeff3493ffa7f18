import type { Resolution } from '../../../interview/resolve.ts'
import type { Requirement } from '../../../rules/assess/province.ts'
import type { Conflict } from '../../../rules/schema.ts'
import type { Block, Statement } from '../../message.ts'
import { confidenceNote, say, sourceLines, type Composing } from '../context.ts'

/** What the region asks for beyond the national rules, one foldable list for each topic. */
export function provinceBlocks(on: Composing, { assessment }: Resolution): readonly Block[] {
  const { province } = assessment
  if (!province) return [{ kind: 'text', tone: 'notice', text: say(on, 'province-open') }]
  const { outOfProvinceIndividual: residence } = province
  return [
    { kind: 'heading', text: say(on, 'province-title', { name: province.name[on.language] }) },
    { kind: 'text', text: say(on, 'province-intro') },
    ...(residence
      ? [
          {
            kind: 'text',
            tone: 'notice',
            text: say(on, 'item', {
              label: say(on, 'out-of-province'),
              text: residence.text[on.language],
            }),
          } as const,
        ]
      : []),
    ...byTopic(province.requirements).map((group) => ({
      kind: 'statements' as const,
      title: group[0].topicTitle[on.language],
      folded: true,
      items: group.map((requirement) => requirementItem(on, requirement)),
    })),
  ]
}

type Group = readonly [Requirement, ...Requirement[]]

function byTopic(requirements: readonly Requirement[]): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const requirement of requirements) {
    const known = groups.get(requirement.topic)
    groups.set(requirement.topic, known ? [...known, requirement] : [requirement])
  }
  return [...groups.values()]
}

function requirementItem(on: Composing, requirement: Requirement): Statement {
  const notes = [
    ...(requirement.note ? [requirement.note[on.language]] : []),
    ...requirement.conflicts.map((conflict) => conflictText(on, conflict)),
  ]
  return {
    id: requirement.id,
    text: requirement.text[on.language],
    ...(notes.length === 0 ? {} : { note: notes.join('\n\n') }),
    sources: sourceLines(requirement.sources),
    ...confidenceNote(on, requirement.confidence),
  }
}

/** The cautious advice first, then who says what and when. */
export function conflictText(on: Composing, { question, advice, positions }: Conflict): string {
  return say(on, 'conflict', {
    question: question[on.language],
    advice: advice[on.language],
    positions: positions
      .map(({ says, source, date }) =>
        say(on, 'conflict-position', {
          date,
          publisher: on.book.sources.get(source)?.publisher ?? source,
          says: says[on.language],
        }),
      )
      .join(' '),
  })
}
