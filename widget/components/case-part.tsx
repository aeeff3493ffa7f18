import type { NumberedStatement, PartBlock, PartView } from '../../src/rendering/case-view.ts'
import type { SourceLine } from '../../src/rendering/message.ts'
import { BlockView } from './blocks.tsx'
import { useAssistant } from './context.ts'
import { DownIcon } from './icons.tsx'
import { RichLine, RichText, SafeLink } from './rich-text.tsx'

interface Quoting {
  readonly sources: readonly SourceLine[]
}

/** One outcome, folded below its title; what has nothing below it stands as a line. */
export function CasePart({ part: { title, blocks }, sources }: Quoting & { part: PartView }) {
  if (blocks.length === 0)
    return (
      <p class="case-line">
        <RichLine source={title} />
      </p>
    )
  return (
    <details class="fold">
      <summary>
        <span class="fold-title">
          <RichLine source={title} />
        </span>
        <DownIcon />
      </summary>
      <div class="case-blocks">
        {blocks.map((block, at) => (
          <PartBlockView key={at} block={block} sources={sources} />
        ))}
      </div>
    </details>
  )
}

function PartBlockView({ block, sources }: Quoting & { block: PartBlock }) {
  if (block.kind !== 'statements') return <BlockView block={block} summaryActive />
  return (
    <div>
      {block.title !== undefined && (
        <h4 class="block-title">
          <RichLine source={block.title} />
        </h4>
      )}
      <CaseStatements items={block.items} sources={sources} />
    </div>
  )
}

export function CaseStatements({ items, sources }: Quoting & { items: readonly NumberedStatement[] }) {
  return (
    <ul class="statements">
      {items.map((item, at) => (
        <CaseStatement key={at} item={item} sources={sources} />
      ))}
    </ul>
  )
}

/** In a narrow panel the sources are folded: there may be a dozen. */
function CaseStatement({ item, sources }: Quoting & { item: NumberedStatement }) {
  const { strings } = useAssistant()
  const quoted = item.sources.flatMap((place) => sources[place] ?? [])
  return (
    <li class="statement">
      <RichText source={item.text} />
      {item.note !== undefined && (
        <div class="note">
          <RichText source={item.note} />
        </div>
      )}
      {item.confidence !== undefined && <p class="confidence">{item.confidence}</p>}
      {quoted.length > 0 && (
        <details class="quoted">
          <summary>
            {quoted.length > 1 ? strings.sources : strings.source} {quoted.length > 1 && quoted.length}
          </summary>
          <ul>
            {quoted.map((source, at) => (
              <li key={at}>
                <SafeLink label={source.label} url={source.url} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}
