import type { Action, Block, Statement } from '../../src/rendering/message.ts'
import { fill } from '../strings.ts'
import { CopyBox } from './copy-box.tsx'
import { useAssistant } from './context.ts'
import { DownIcon } from './icons.tsx'
import { RichLine, RichText, SafeLink } from './rich-text.tsx'

interface Props {
  readonly block: Block
  readonly summaryActive: boolean
}

export function BlockView({ block, summaryActive }: Props) {
  switch (block.kind) {
    case 'heading':
      return (
        <h2 class="heading">
          <RichLine source={block.text} />
        </h2>
      )
    case 'text':
      if (block.copy) return <CopyBox copy={block.copy} />
      return (
        <div class={block.tone && block.tone !== 'plain' ? `text tone ${block.tone}` : 'text'}>
          <RichText source={block.text} />
        </div>
      )
    case 'statements':
      return <Statements block={block} />
    case 'summary':
      return <Summary block={block} active={summaryActive} />
  }
}

function Statements({ block }: { block: Extract<Block, { kind: 'statements' }> }) {
  const { strings } = useAssistant()
  const items = (
    <ul class="statements">
      {block.items.map((item, at) => (
        <StatementView key={at} item={item} />
      ))}
    </ul>
  )
  if (block.folded) {
    return (
      <details class="fold">
        <summary>
          <span class="fold-title">
            <RichLine source={block.title ?? strings.sources} />
          </span>
          <span class="count">{block.items.length}</span>
          <DownIcon />
        </summary>
        {items}
      </details>
    )
  }
  return (
    <section>
      {block.title !== undefined && (
        <h3 class="block-title">
          <RichLine source={block.title} />
        </h3>
      )}
      {items}
    </section>
  )
}

function StatementView({ item }: { item: Statement }) {
  const { strings } = useAssistant()
  return (
    <li class="statement">
      <RichText source={item.text} />
      {item.note !== undefined && (
        <div class="note">
          <RichText source={item.note} />
        </div>
      )}
      {item.confidence !== undefined && <p class="confidence">{item.confidence}</p>}
      {item.sources.length > 0 && (
        <div class="sources">
          <span class="sources-name">{item.sources.length > 1 ? strings.sources : strings.source}</span>
          <ul>
            {item.sources.map((source, at) => (
              <li key={at}>
                <SafeLink label={source.label} url={source.url} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </li>
  )
}

function Summary({ block, active }: { block: Extract<Block, { kind: 'summary' }>; active: boolean }) {
  return (
    <section>
      {block.title !== undefined && (
        <h3 class="block-title">
          <RichLine source={block.title} />
        </h3>
      )}
      <dl class="summary">
        {block.rows.map((row, at) => (
          <div class="summary-row" key={at}>
            <dt>
              <RichLine source={row.label} />
            </dt>
            <dd>
              <span class="summary-value">
                <RichLine source={row.value} />
              </span>
              {row.change && <ChangeButton change={row.change} label={row.label} active={active} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface ChangeProps {
  readonly change: Action
  readonly label: string
  readonly active: boolean
  readonly onSent?: () => void
}

export function ChangeButton({ change, label, active, onSent }: ChangeProps) {
  const { strings, session } = useAssistant()
  const name = fill(strings.changeRow, { action: change.label, label })
  return (
    <button
      type="button"
      class="link-button"
      aria-label={name}
      aria-disabled={!active}
      tabIndex={active ? undefined : -1}
      onClick={() => {
        if (!active) return
        session.send(name, change.payload)
        onSent?.()
      }}
    >
      {change.label}
    </button>
  )
}
