import { join } from 'node:path'
import type { Brain } from './bot/turn/brain.ts'
import { loadDossierKit } from './bot/turn/dossier.ts'
import { loadFollowingKit } from './bot/turn/following/load-kit.ts'
import { loadDialogs } from './interview/dialogs.ts'
import { loadPreCheckKit } from './interview/pre-check/kit.ts'
import { loadPhrases } from './rendering/phrases.ts'
import { useYamlCache } from './rules/read.ts'
import { loadRuleBook } from './rules/rulebook.ts'
import { keptBuild } from './kept-build.ts'
import { fileCache } from './rules/yaml-cache.ts'
import { buildAskIndex, type AskIndex } from './understanding/ask/index.ts'
import { loadAskVocabulary } from './understanding/ask/vocabulary.ts'
import { loadLexicon } from './understanding/lexicon.ts'
import { WARM_UP } from './understanding/recognisers.ts'

/**
 * Loads rules, dialogs and words from the folders beside `src` (or `dist`). Parsed YAML is kept in `dist`, so that
 * the next start is quick. What is slow at its first use is warmed a moment later, when nobody waits for it.
 */
export function loadBrain(root: string, humanContact: string | undefined): Brain {
  const dialogs = join(root, 'dialogs')
  const cache = fileCache(join(root, 'dist', 'yaml-cache.json'))
  useYamlCache(cache)
  const book = loadRuleBook(join(root, 'rules'))
  const following = loadFollowingKit(root, book)
  let asks: AskIndex | undefined
  const brain: Brain = {
    book,
    asks: () => (asks ??= buildAskIndex(book, loadAskVocabulary(dialogs, book), keptBuild(root))),
    dialogs: loadDialogs(dialogs),
    lexicon: loadLexicon(dialogs),
    phrases: loadPhrases(dialogs),
    following,
    preCheck: loadPreCheckKit(join(root, 'rules'), {
      ...{ book, values: following.values, rejections: following.book.rejections },
    }),
    dossier: loadDossierKit(root),
    humanContact,
  }
  warmLater([() => void brain.asks(), () => cache.save(), ...WARM_UP])
  return brain
}

/** How long until the first of it, and between one thing and the next. */
const WARM_UP_DELAY_MS = 1_500

/** One thing at a time with pauses between, so that nobody who talks meanwhile waits for all of it. */
function warmLater([first, ...others]: readonly (() => void)[]): void {
  if (!first) return
  setTimeout(() => {
    first()
    warmLater(others)
  }, WARM_UP_DELAY_MS).unref()
}
