/** `npm run new:question -- --section website --id website.languages --type choice --values a,b --label-zh … --label-en …` */
import { join } from 'node:path'
import { newQuestionCommand } from './lib/new-question-command.ts'
import { run } from './lib/run.ts'

run(() =>
  newQuestionCommand(process.argv.slice(2), {
    locale: process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'],
    root: join(import.meta.dirname, '..'),
  }),
)
