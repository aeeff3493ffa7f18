import { join } from 'node:path'
import type { Brain } from './bot/turn/brain.ts'
import { loadDialogs } from './interview/dialogs.ts'
import { loadPhrases } from './rendering/phrases.ts'
import { loadRuleBook } from './rules/rulebook.ts'
import { loadLexicon } from './understanding/lexicon.ts'
import { warmUp } from './understanding/ordinals.ts'

/** Loads rules, dialogs and words from the folders beside `src` (or `dist`), and warms what is slow at first. */
export function loadBrain(root: string, humanContact: string | undefined): Brain {
  const dialogs = join(root, 'dialogs')
  warmUp()
  return {
    book: loadRuleBook(join(root, 'rules')),
    dialogs: loadDialogs(dialogs),
    lexicon: loadLexicon(dialogs),
    phrases: loadPhrases(dialogs),
    humanContact,
  }
}
