import { Component, h, type ComponentType, type FunctionComponent } from 'preact'
import type { Row } from '../session/view.ts'

interface MessageProps {
  readonly row: Row
  readonly last: boolean
}

/** Draws a message again only when what it shows has changed: rows are derived afresh at every event. */
export function memo(view: FunctionComponent<MessageProps>): ComponentType<MessageProps> {
  return class Memo extends Component<MessageProps> {
    override shouldComponentUpdate({ row, last }: MessageProps): boolean {
      const before = this.props.row
      return (
        last !== this.props.last ||
        row.item !== before.item ||
        row.inputActive !== before.inputActive ||
        row.actionsActive !== before.actionsActive ||
        row.summaryActive !== before.summaryActive ||
        row.sent !== before.sent ||
        row.change?.action.label !== before.change?.action.label ||
        row.change?.label !== before.change?.label ||
        row.chosen.join() !== before.chosen.join()
      )
    }

    override render(props: MessageProps) {
      return h(view, props)
    }
  }
}
