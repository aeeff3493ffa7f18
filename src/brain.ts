import { join } from 'node:path'
import type { Brain } from './bot/turn/brain.ts'
import { loadDialogs } from './interview/dialogs.ts'
import { loadPhrases } from './rendering/phrases.ts'
import { useYamlCache } from './rules/read.ts'
import { loadRuleBook } from './rules/rulebook.ts'
import { fileCache } from './rules/yaml-cache.ts'
import { loadLexicon } from './understanding/lexicon.ts'
import { warmUp } from './understanding/ordinals.ts'

/**
 * Loads rules, dialogs and words from the folders beside `src` (or `dist`). Parsed YAML is kept in `dist`, so that
 * the next start is quick. What is slow at its first use is warmed a moment later, when nobody waits for it.
 */
export function loadBrain(root: string, humanContact: string | undefined): Brain {
  const dialogs = join(root, 'dialogs')
  const cache = fileCache(join(root, 'dist', 'yaml-cache.json'))
  useYamlCache(cache)
  setTimeout(warmUp, WARM_UP_DELAY_MS).unref()
  const brain: Brain = {
    book: loadRuleBook(join(root, 'rules')),
    dialogs: loadDialogs(dialogs),
    lexicon: loadLexicon(dialogs),
    phrases: loadPhrases(dialogs),
    humanContact,
  }
  cache.save()
  return brain
}

const WARM_UP_DELAY_MS = 50
