// The peer: @neo4j/graphql with Apollo Server as their documentation sets them up, over the same database. An argument
// gives the address.
import { readFileSync } from 'node:fs'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { Neo4jGraphQL } from '@neo4j/graphql'
import neo4j from 'neo4j-driver'

const [host, port] = process.argv[2].split(':')
const driver = neo4j.driver(process.env.NEO4J_URI, neo4j.auth.basic('neo4j', process.env.NEO4J_PASSWORD))
const typeDefs = readFileSync(new URL('types.graphql', import.meta.url), 'utf8')
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema()
const server = new ApolloServer({ schema, introspection: false })
await startStandaloneServer(server, { listen: { host, port: Number(port) }, context: async () => ({}) })
process.on('SIGINT', () => process.exit(0))
