/** `npm run rules -- diff | show | changes | fact | search | unanswered`: the rules as tables in the terminal. */
import { join } from 'node:path'
import { rulesCommand } from './lib/rules-command.ts'
import { run } from './lib/run.ts'
import { todayInChina } from './lib/today.ts'

// `| head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

if (process.argv[2] === 'unanswered') await import('./unanswered.ts')
else
  run(() =>
    rulesCommand(process.argv.slice(2), {
      locale: process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'],
      today: todayInChina(),
      columns: process.stdout.columns,
      root: join(import.meta.dirname, '..'),
    }),
  )
