// (b) The floor of the framework: botbuilder's CloudAdapter on restify, echoing, replies in the response.
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import restify from 'restify'

class Echo extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await context.sendActivity(`echo ${context.activity.text}`)
      await next()
    })
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
const bot = new Echo()
const server = restify.createServer()
server.use(restify.plugins.bodyParser({ mapParams: false }))
server.post('/api/messages', async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context))
})
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () =>
  console.log(`"listens on http://127.0.0.1:${server.address().port}"`),
)
