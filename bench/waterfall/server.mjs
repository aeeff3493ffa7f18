// (d) The same five questions as a waterfall of botbuilder-dialogs, with the state in memory or in Redis.
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} from 'botbuilder'
import { ChoicePrompt, DialogSet, DialogTurnStatus, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs'
import { Redis } from 'ioredis'
import restify from 'restify'

class RedisStorage {
  #redis = new Redis(process.env.REDIS_URL)
  async read(keys) {
    const found = {}
    for (const key of keys) {
      const text = await this.#redis.get(`bench:${key}`)
      if (text) found[key] = JSON.parse(text)
    }
    return found
  }
  async write(changes) {
    for (const [key, value] of Object.entries(changes))
      await this.#redis.set(`bench:${key}`, JSON.stringify(value))
  }
  async delete(keys) {
    for (const key of keys) await this.#redis.del(`bench:${key}`)
  }
}

const state = new ConversationState(process.env.REDIS_URL ? new RedisStorage() : new MemoryStorage())
const dialogs = new DialogSet(state.createProperty('dialog'))
const choose = (prompt, choices) => (step) =>
  step.prompt('choice', { prompt, choices, retryPrompt: 'Please choose.' })
dialogs.add(new ChoicePrompt('choice'))
dialogs.add(new TextPrompt('text'))
dialogs.add(
  new WaterfallDialog('interview', [
    choose('What do you want to put online?', ['A website', 'An app only', 'A mini-program only']),
    choose('Where does the server of the website stand?', ['Mainland China', 'Outside the mainland']),
    choose('Who provides the server?', ['Alibaba Cloud', 'Another provider']),
    choose('In whose name will you file?', ['Company (enterprise)', 'Individual', 'Law firm']),
    (step) => step.prompt('text', { prompt: 'Which province issued the certificate?' }),
    async (step) => {
      await step.context.sendActivity(`Noted: ${step.result}`)
      return step.endDialog()
    },
  ]),
)

class Bot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const dialog = await dialogs.createContext(context)
      const result = await dialog.continueDialog()
      if (result.status === DialogTurnStatus.empty) await dialog.beginDialog('interview')
      await state.saveChanges(context)
      await next()
    })
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
const bot = new Bot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser({ mapParams: false }))
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context))
})
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () =>
  console.log(`"listens on http://127.0.0.1:${server.address().port}"`),
)
