import { readYamlFile } from '../../../rules/read.ts'
import { buildCommandWords, type CommandWords } from '../command-words.ts'

export const CASE_COMMANDS = [
  'case',
  'reveal',
  'propose',
  'note',
  'milestone',
  'log',
  // What an applicant may say to a proposal.
  'accept',
  'decline',
] as const
export type CaseCommand = (typeof CASE_COMMANDS)[number]

const CASE_PHRASES = [
  'code-needed',
  'code-unknown',
  'title',
  'language',
  'progress',
  'progress-of',
  'open',
  'all-answered',
  'updated',
  'results',
  'filing',
  'filing-possible',
  'answers',
  'answer-label',
  'hidden',
  'no-answers',
  'checks',
  'checks-none',
  'milestones',
  'milestones-none',
  'messages',
  'said',
  'who-applicant',
  'who-bot',
  'who-staff',
  'who-system',
  'notes',
  'proposals',
  'proposal-row',
  'field-needed',
  'field-unknown',
  'reveal-private',
  'reveal-empty',
  'revealed',
  'propose-value',
  'propose-options',
  'propose-refused',
  'propose-same',
  'propose-own',
  'propose-full',
  'proposed',
  'note-needed',
  'noted',
  'milestone-needed',
  'milestone-unknown',
  'log-title',
  'log-none',
  'log-row',
  'did-shown',
  'did-revealed',
  'did-proposed',
  'did-accepted',
  'did-declined',
  'did-outdated',
  'did-noted',
  'did-milestone',
  'offer',
  'offer-new',
  'offer-accept',
  'offer-decline',
  'accepted',
  'declined',
  'lapsed',
] as const
export type CasePhrase = (typeof CASE_PHRASES)[number]

export type CaseDeskWords = CommandWords<CaseCommand, CasePhrase>

/** `dialogs/desk-cases.yaml`. Throws AppError `dialogs-invalid`. */
export function loadCaseDeskWords(folder: string): CaseDeskWords {
  const yaml = readYamlFile(folder, 'desk-cases.yaml', 'dialogs-invalid')
  return buildCommandWords(yaml, CASE_COMMANDS, CASE_PHRASES)
}
