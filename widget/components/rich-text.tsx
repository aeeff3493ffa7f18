import { Fragment } from 'preact'
import { safeLink } from '../text/link.ts'
import { parseInline, parseMarkdown, type Inline } from '../text/markdown.ts'
import { useAssistant } from './context.ts'

/** The small Markdown as elements. Text is always a text node, so markup inside it stays text. */
export function RichText({ source }: { source: string }) {
  return (
    <>
      {parseMarkdown(source).map((block, at) =>
        block.kind === 'list' ? (
          <ul key={at}>
            {block.items.map((item, line) => (
              <li key={line}>
                <Inlines nodes={item} />
              </li>
            ))}
          </ul>
        ) : (
          <p key={at}>
            {block.lines.map((nodes, line) => (
              <Fragment key={line}>
                {line > 0 && <br />}
                <Inlines nodes={nodes} />
              </Fragment>
            ))}
          </p>
        ),
      )}
    </>
  )
}

/** One line of it, for headings, labels and rows. */
export function RichLine({ source }: { source: string }) {
  return <Inlines nodes={parseInline(source)} />
}

/** A link to another site, which opens beside the conversation; unsafe addresses become plain text. */
export function SafeLink({ label, url }: { label: string; url: string | undefined }) {
  const { strings } = useAssistant()
  const href = url === undefined ? undefined : safeLink(url)
  if (href === undefined) return <>{label}</>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {label}
      <span class="hidden"> ({strings.newTab})</span>
    </a>
  )
}

function Inlines({ nodes }: { nodes: readonly Inline[] }) {
  const { strings } = useAssistant()
  return (
    <>
      {nodes.map((node, at) => {
        if (node.kind === 'text') return node.text
        if (node.kind === 'bold') {
          return (
            <strong key={at}>
              <Inlines nodes={node.children} />
            </strong>
          )
        }
        return (
          <a key={at} href={node.href} target="_blank" rel="noopener noreferrer">
            <Inlines nodes={node.children} />
            <span class="hidden"> ({strings.newTab})</span>
          </a>
        )
      })}
    </>
  )
}
