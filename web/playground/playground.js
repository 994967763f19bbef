// The playground: GraphiQL, and beside it the example operations of the
// repository. `?example=NAME` opens an example; `&run=1` runs it, unless it
// changes data.

import {
  GraphiQL, createElement, createGraphiQLFetcher, createRoot, flushSync, parse,
  useEditorContext, useEffect, useExecutionContext,
} from "./vendor/graphiql.js";

const notice = document.getElementById("notice");
const picker = document.getElementById("picker");
const list = document.getElementById("examples");

const examples = await loadExamples();
listExamples();

const graphiql = startGraphiQL();
await graphiql.ready;
openFromAddress();

/** The examples, each with its `kind`: query, mutation, subscription or unknown. */
async function loadExamples() {
  try {
    const response = await fetch("/playground/examples.json");
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return (await response.json()).map((example) => ({ ...example, kind: operationKind(example.query) }));
  } catch (error) {
    say(`The examples could not be loaded (${error.message}). The editor works without them.`, "error");
    return [];
  }
}

function operationKind(query) {
  try {
    return parse(query).definitions.find((definition) => definition.operation)?.operation ?? "unknown";
  } catch {
    return "unknown";
  }
}

/** A link reloads into what choosing does: queries run, others only open. */
function addressOf(example) {
  const parameters = new URLSearchParams({ example: example.name });
  if (example.kind === "query") parameters.set("run", "1");
  return `/playground?${parameters}`;
}

function listExamples() {
  for (const example of examples) {
    const number = example.name.match(/^\d+/)?.[0] ?? "";
    const link = element("a", { href: addressOf(example) }, [
      element("span", { className: "number" }, [number]),
      element("span", { className: "title" }, [example.title]),
    ]);
    if (example.kind !== "query") link.append(element("span", { className: "kind" }, [example.kind]));
    link.dataset.example = example.name;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new browser tab
      event.preventDefault();
      choose(example);
    });
    list.append(element("li", {}, [link]));
    picker.append(element("option", { value: example.name }, [number ? `${number} · ${example.title}` : example.title]));
  }
  picker.addEventListener("change", () => {
    const example = examples.find(({ name }) => name === picker.value);
    if (example) choose(example);
  });
}

/** Marks the example that the open tab shows unchanged, if it is one. */
function mark(query) {
  const shown = examples.find((example) => example.query === query);
  for (const link of list.querySelectorAll("a")) {
    if (link.dataset.example === shown?.name) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  picker.value = shown?.name ?? "";
}

async function choose(example) {
  await graphiql.ready;
  history.replaceState(null, "", addressOf(example));
  open(example, example.kind === "query");
}

function open(example, run) {
  graphiql.open(example);
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  if (example.kind === "mutation") say("This example changes data. Press ▶ to send it.", "warning");
  else say(run ? "" : "Press ▶ to send it.");
  if (run && example.kind !== "mutation") graphiql.run();
}

function openFromAddress() {
  const parameters = new URLSearchParams(location.search);
  const name = parameters.get("example");
  const example = examples.find((candidate) => candidate.name === name);
  if (example) open(example, parameters.get("run") === "1");
  else if (name) say(`There is no example named “${name}”.`, "error");
  else if (examples.length && graphiql.isBlank()) open(examples[0], false);
}

/** Renders GraphiQL and gives the little that this page does with it. */
function startGraphiQL() {
  let editors;
  let execution;
  let becomeReady;
  const ready = new Promise((resolve) => { becomeReady = resolve; });

  // Rendered inside GraphiQL, where its state can be reached.
  function Bridge() {
    editors = useEditorContext({ nonNull: true });
    execution = useExecutionContext({ nonNull: true });
    const { queryEditor, variableEditor, headerEditor, responseEditor, tabs, activeTabIndex } = editors;
    const query = tabs[activeTabIndex].query;
    useEffect(() => mark(query), [query]);
    useEffect(() => {
      if (!queryEditor || !variableEditor || !headerEditor || !responseEditor) return;
      makeAccessible(queryEditor, "Query");
      makeAccessible(variableEditor, "Variables, as JSON");
      makeAccessible(headerEditor, "Request headers, as JSON");
      makeAccessible(responseEditor, "Result");
      becomeReady();
    }, [queryEditor, variableEditor, headerEditor, responseEditor]);
    return createElement("code", { title: "Operations are sent here" }, "/graphql");
  }

  const socket = new URL("/graphql", location.href);
  socket.protocol = socket.protocol.replace("http", "ws");
  const send = createGraphiQLFetcher({
    url: "/graphql",
    subscriptionUrl: socket.href,
    headers: { accept: "application/graphql-response+json, application/json" },
    enableIncrementalDelivery: false,
  });
  // An answer that comes after another example was opened is not shown under it.
  let opened = 0;
  async function fetcher(request, options) {
    const sentFor = opened;
    const answer = await send(request, options);
    const overtaken = sentFor !== opened && request.operationName !== "IntrospectionQuery";
    return overtaken ? new Promise(() => {}) : answer;
  }
  createRoot(document.getElementById("graphiql")).render(
    createElement(
      GraphiQL,
      { fetcher, defaultQuery: "\n", defaultEditorToolsVisibility: "variables" },
      createElement(GraphiQL.Logo, null, createElement(Bridge)),
    ),
  );

  return {
    ready,

    /** Whether there is nothing in the editor that a reader could miss. */
    isBlank: () => editors.tabs.length === 1 && editors.queryEditor.getValue().trim() === "",

    /** Shows the example in a tab: its own, an untouched one, or else a new one. */
    open({ query, variables, kind }) {
      opened++;
      const { headerEditor, tabs, activeTabIndex } = editors;
      const headers = headerEditor.getValue(); // of the tab in use, so that a token stays
      const untouched = (text) => !text?.trim() || examples.some((example) => example.query === text);
      const own = tabs.findIndex((tab) => tab.query === query);
      if (own >= 0 && own !== activeTabIndex) flushSync(() => editors.changeTab(own));
      else if (!untouched(editors.queryEditor.getValue())) flushSync(() => editors.addTab());

      const { queryEditor, variableEditor, responseEditor } = editors;
      const shownVariables = variables ? JSON.stringify(variables, null, 2) : "";
      queryEditor.setValue(query);
      variableEditor.setValue(shownVariables);
      headerEditor.setValue(headers);
      responseEditor.setValue("");
      // GraphiQL reads the operation from the text a moment later; running now
      // must not send the name of the one before.
      const documentAST = kind === "unknown" ? null : parse(query);
      const operations = documentAST?.definitions.filter((definition) => definition.operation) ?? null;
      const operationName = operations?.[0]?.name?.value ?? null;
      Object.assign(queryEditor, { documentAST, operations, operationName });
      flushSync(() => {
        execution.stop();
        editors.updateActiveTabValues({ query, variables: shownVariables, headers, operationName, response: null });
      });
    },

    run: () => execution.run(),
  };
}

/** Names an editor for screen readers, and lets Escape leave it: Tab indents. */
function makeAccessible(editor, label) {
  editor.getInputField().setAttribute("aria-label", label);
  editor.addKeyMap({ Esc: () => editor.getInputField().blur() }, true);
}

function say(text, tone = "") {
  notice.textContent = text;
  notice.dataset.tone = tone;
}

function element(tag, properties, children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
