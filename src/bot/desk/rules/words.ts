import { readYamlFile } from '../../../rules/read.ts'
import { buildCommandWords, type CommandWords } from '../command-words.ts'

export const RULE_COMMANDS = [
  'ask',
  'rule',
  'diff',
  'type',
  'fact',
  'outdated',
  'settled',
  'unanswered',
  'help',
] as const
export type RuleCommand = (typeof RULE_COMMANDS)[number]

const RULE_PHRASES = [
  'help-title',
  'help-ask',
  'help-rule',
  'help-diff',
  'help-type',
  'help-fact',
  'help-outdated',
  'help-unanswered',
  'help-others',
  'sources',
  'nearby',
  'dated',
  'undated',
  'details',
  'report',
  'not-known',
  'rule-title',
  'rule-title-for',
  'rule-none',
  'national',
  'more',
  'region-needed',
  'region-unknown',
  'word-unknown',
  'rule-example',
  'diff-title',
  'diff-two',
  'diff-example',
  'diff-same',
  'diff-nothing',
  'type-needed',
  'type-example',
  'type-none',
  'type-understood',
  'type-result',
  'type-possible',
  'type-reasons',
  'type-open',
  'type-settled',
  'fact-needed',
  'fact-unknown',
  'fact-similar',
  'fact-superseded',
  'fact-sources',
  'fact-reported',
  'outdated-kept',
  'outdated-known',
  'outdated-title',
  'outdated-none',
  'outdated-row',
  'outdated-no-reason',
  'outdated-full',
  'settled',
  'settled-none',
  'settle',
  'unanswered-title',
  'unanswered-none',
  'unanswered-row',
] as const
export type RulePhrase = (typeof RULE_PHRASES)[number]

export type RuleDeskWords = CommandWords<RuleCommand, RulePhrase>

/** `dialogs/desk-rules.yaml`. Throws AppError `dialogs-invalid`. */
export function loadRuleDeskWords(folder: string): RuleDeskWords {
  const yaml = readYamlFile(folder, 'desk-rules.yaml', 'dialogs-invalid')
  return buildCommandWords(yaml, RULE_COMMANDS, RULE_PHRASES)
}
