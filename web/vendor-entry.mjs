// What playground/playground.js uses of other people's code. vendor.mjs bundles
// it into playground/vendor/graphiql.js.

export { createElement, useEffect } from "react";
export { flushSync } from "react-dom";
export { createRoot } from "react-dom/client";
export { GraphiQL } from "graphiql";
export { useEditorContext, useExecutionContext } from "@graphiql/react";
export { createGraphiQLFetcher } from "@graphiql/toolkit";
export { parse } from "graphql";
