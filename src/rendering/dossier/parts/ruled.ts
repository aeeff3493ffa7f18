import type { Dossier, DossierStatement } from '../../../interview/dossier/schema.ts'
import { plainLine } from '../../channel/markdown.ts'
import type { Composer, DocumentPart, ListItem, Piece } from '../document.ts'

/** What the rules say of the case, with the numbers of their sources. */

export function flowPart(composer: Composer): DocumentPart {
  const { dossier, say, read, language } = composer
  const pieces = dossier.flow.flatMap(({ title, statements }, at): readonly Piece[] => {
    const name = language === 'en' ? `${read(title)} · ${title['zh-CN']}` : read(title)
    return [
      { kind: 'heading', text: `${at + 1}. ${name}` },
      { kind: 'list', items: statements.map((statement) => itemOf(composer, statement)) },
    ]
  })
  return { id: 'flow', title: say('flow'), pieces }
}

export function resultsPart(composer: Composer): DocumentPart {
  const { dossier, say, read } = composer
  const { filing, preApprovals, commercialLicence } = dossier.results
  const pieces: readonly Piece[] = [
    { kind: 'heading', text: filing.possible.map(({ label }) => read(label)).join(' / ') },
    ...filing.possible.flatMap(({ next }): readonly Piece[] =>
      next === undefined ? [] : [{ kind: 'text', text: plainLine(read(next)) }],
    ),
    list(composer, filing.reasons),
    list(
      composer,
      preApprovals.map(({ statement }) => statement),
    ),
    list(composer, commercialLicence.reasons),
  ]
  return { id: 'results', title: say('results'), pieces: pieces.filter(isFilled) }
}

export function provincePart(composer: Composer): DocumentPart | undefined {
  const { dossier, say, read } = composer
  const { province } = dossier
  if (!province) return undefined
  const topics = new Map<string, DossierStatement[]>()
  for (const requirement of province.requirements) {
    const topic = requirement.label ? read(requirement.label) : ''
    topics.set(topic, [...(topics.get(topic) ?? []), requirement])
  }
  const pieces = [...topics].flatMap(([topic, requirements]): readonly Piece[] => [
    { kind: 'heading', text: topic },
    // The topic stands above already.
    {
      kind: 'list',
      items: requirements.map((requirement) => itemOf(composer, { ...requirement, label: undefined })),
    },
  ])
  return { id: 'province', title: `${say('province')} · ${read(province.name)}`, pieces }
}

export function dutiesPart(composer: Composer): DocumentPart | undefined {
  const { dossier, say } = composer
  if (dossier.obligations.length === 0) return undefined
  return { id: 'duties', title: say('duties'), pieces: [list(composer, dossier.obligations)] }
}

export function sourcesPart({ say, quoting }: Composer): DocumentPart {
  const items = quoting.quoted.map(({ publisher, title, date, address }, at): ListItem => ({
    mark: `[${at + 1}]`,
    text: say('source-line', { publisher, title, date }),
    ...(address === undefined ? {} : { note: address }),
    sources: [],
  }))
  return { id: 'sources', title: say('sources'), pieces: [{ kind: 'list', items, small: true }] }
}

function list(composer: Composer, statements: readonly DossierStatement[]): Piece {
  return { kind: 'list', items: statements.map((statement) => itemOf(composer, statement)) }
}

function itemOf(composer: Composer, statement: DossierStatement | Dossier['obligations'][number]): ListItem {
  const { say, read, quoting, language } = composer
  const { label, text, sources, confidence, certain } = statement
  const name = label === undefined ? '' : `${read(label)}${language === 'en' ? ': ' : '：'}`
  const notes = [
    ...(certain ? [] : [say('maybe')]),
    ...(confidence === 'high' ? [] : [say(`confidence-${confidence}`)]),
  ]
  return {
    text: `${name}${plainLine(read(text))}`,
    ...(notes.length > 0 ? { note: notes.join(' ') } : {}),
    sources: quoting.numbersOf(sources),
  }
}

function isFilled(piece: Piece): boolean {
  return piece.kind !== 'list' || piece.items.length > 0
}
