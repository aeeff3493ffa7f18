import type { Language } from '../language.ts'
import type { Block } from './message.ts'

/**
 * What staff are shown in their channels. Blocks as in `Message`: a small Markdown, with what a person wrote escaped
 * already (`escapeMarkdown`). A button is a command that could be typed as well, so that every channel can do all.
 */
export interface DeskCard {
  readonly language: Language
  readonly blocks: readonly Block[]
  readonly buttons: readonly DeskButton[]
}

export interface DeskButton {
  readonly label: string
  /** What pressing it says: `claim 7K2M`. */
  readonly command: string
  readonly primary?: true
}
