import { join } from 'node:path'
import { loadFollowingBook } from '../../../interview/following/book.ts'
import type { RuleBook } from '../../../rules/rulebook.ts'
import { loadValueBook } from '../../../rules/values/value-book.ts'
import type { FollowingKit } from './kit.ts'
import { loadFollowingWords } from './words.ts'

/** Reads what the time after submission needs from `rules` and `dialogs` below a folder. */
export function loadFollowingKit(root: string, book: RuleBook): FollowingKit {
  const rules = join(root, 'rules')
  return {
    book: loadFollowingBook(rules, book),
    words: loadFollowingWords(join(root, 'dialogs')),
    values: loadValueBook(rules),
  }
}
