// The playground in a real browser, against a running server:
//
//   BASE_URL=http://127.0.0.1:8080 node --test test/playground.test.mjs
//
// CHROMIUM names another browser than /usr/bin/chromium; SCREENSHOTS a folder
// for pictures. Whatever the page asks of any other host fails the test.

import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { chromium } from "playwright-core";

const base = process.env.BASE_URL?.replace(/\/+$/, "");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const screenshots = process.env.SCREENSHOTS;

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let browser;
let examples;
let firstQuery;

before(async () => {
  assert.ok(base, "BASE_URL is not set: start the server and give its address, as in BASE_URL=http://127.0.0.1:8080");
  assert.ok(existsSync(executablePath), `there is no browser at ${executablePath}: apt-get install chromium, or set CHROMIUM`);
  const response = await fetch(`${base}/playground/examples.json`).catch((error) => {
    assert.fail(`no server answers at BASE_URL ${base}: ${error.cause?.message ?? error.message}`);
  });
  assert.equal(response.status, 200, "examples.json");
  examples = await response.json();
  assert.ok(examples.length > 0, "the server has no examples");
  firstQuery = examples.find(isQuery);
  assert.ok(firstQuery, "no example is a query");
  if (screenshots) mkdirSync(screenshots, { recursive: true });
  browser = await chromium.launch({
    executablePath,
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
});

after(() => browser?.close());

describe("desktop", () => {
  test("lists every example and runs the chosen one", () => onPage({ viewport: desktop }, async (page) => {
    await page.goto(`${base}/playground`);
    await page.locator("#examples a").first().waitFor();
    const listed = await page.locator("#examples a .title").allTextContents();
    assert.deepEqual(listed, examples.map(({ title }) => title));

    await page.locator(`#examples a[data-example="${firstQuery.name}"]`).click();
    await assertResult(page);
    await assertShown(page, firstQuery);
    await picture(page, "desktop-light");
  }));

  test("opens a second example in place of an untouched one, beside an edited one", () => onPage({ viewport: desktop }, async (page) => {
    const second = examples.find((example) => example !== firstQuery);
    assert.ok(second, "there is one example only");
    await page.goto(`${base}/playground?example=${firstQuery.name}`);
    await assertShown(page, firstQuery);
    await page.locator(`#examples a[data-example="${second.name}"]`).click();
    await assertShown(page, second);
    assert.equal(await page.locator(".graphiql-tab").count(), 1);

    await page.locator(".graphiql-query-editor .CodeMirror").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\n# mine");
    await page.locator("#examples a[aria-current]").waitFor({ state: "detached" });
    await page.locator(`#examples a[data-example="${firstQuery.name}"]`).click();
    await assertShown(page, firstQuery);
    assert.equal(await page.locator(".graphiql-tab").count(), 2);
  }));

  test("works by keyboard alone, in the dark", () => onPage({ viewport: desktop, colorScheme: "dark" }, async (page) => {
    await page.goto(`${base}/playground`);
    const link = page.locator(`#examples a[data-example="${firstQuery.name}"]`);
    await link.focus();
    await page.keyboard.press("Enter");
    await assertResult(page);
    await picture(page, "desktop-dark");

    await page.getByLabel("Query", { exact: true }).focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement.closest(".graphiql-query-editor .CodeMirror") !== null);
    assert.equal(inside, false, "Escape and Tab did not leave the query editor");
  }));

  test("does not send an operation that changes data by itself", () => onPage({ viewport: desktop }, async (page, sent) => {
    const mutation = examples.find((example) => /^\s*mutation\b/m.test(example.query)) ?? firstQuery;
    const run = isQuery(mutation) ? "" : "&run=1"; // without one: a query that is only opened
    await page.goto(`${base}/playground?example=${mutation.name}${run}`);
    await assertShown(page, mutation);
    await page.waitForTimeout(500);
    assert.deepEqual(sent.filter((body) => !body.includes("IntrospectionQuery")), []);
  }));

  test("says that an example is unknown", () => onPage({ viewport: desktop }, async (page) => {
    await page.goto(`${base}/playground?example=no-such-example`);
    await page.getByText("There is no example named “no-such-example”.").waitFor();
  }));
});

describe("phone", () => {
  test("chooses from a menu and runs", () => onPage({ viewport: phone, hasTouch: true, isMobile: true }, async (page) => {
    await page.goto(`${base}/playground`);
    const picker = page.getByLabel("Example", { exact: true });
    await picker.waitFor();
    assert.equal(await page.locator("#examples").isVisible(), false, "the list takes the room of the editor");
    assert.equal(await picker.locator("option:not([value=''])").count(), examples.length);

    await picker.selectOption(firstQuery.name);
    await assertResult(page);
    await assertShown(page, firstQuery);
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    assert.ok(scroll <= client, `the page is ${scroll} px wide in a window of ${client} px`);
    await picture(page, "phone-light");
  }));

  test("runs from a link, in the dark", () => onPage({ viewport: phone, hasTouch: true, isMobile: true, colorScheme: "dark" }, async (page) => {
    await page.goto(`${base}/playground?example=${firstQuery.name}&run=1`);
    await assertResult(page);
    await assertShown(page, firstQuery);
    await picture(page, "phone-dark");
  }));
});

/** Gives `use` a fresh page, and fails on what no page may do. */
async function onPage(options, use) {
  const context = await browser.newContext({ serviceWorkers: "block", ...options });
  const elsewhere = [];
  const complaints = [];
  const sent = [];
  try {
    const host = new URL(base).host;
    await context.route(() => true, (route) => {
      const url = new URL(route.request().url());
      if (url.host === host || url.protocol === "data:") return route.continue();
      elsewhere.push(url.href);
      return route.abort();
    });
    await context.routeWebSocket(() => true, (socket) => {
      if (new URL(socket.url()).host === host) socket.connectToServer();
      else elsewhere.push(socket.url());
    });
    await context.exposeFunction("reportViolation", (text) => complaints.push(text));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.reportViolation(`policy: ${event.violatedDirective} forbids ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
      });
    });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()} at ${message.location().url}`);
    });
    page.on("pageerror", (error) => complaints.push(`script: ${error.stack ?? error.message}`));
    page.on("request", (request) => {
      if (request.method() === "POST") sent.push(request.postData() ?? "");
    });
    await use(page, sent);
    assert.deepEqual(elsewhere, [], "the page asked another host");
    assert.deepEqual(complaints, [], "the browser complains");
  } catch (error) {
    if (complaints.length) error.message += `\nthe browser complains:\n  ${complaints.join("\n  ")}`;
    throw error;
  } finally {
    await context.close();
  }
}

/** Waits for an answer, and takes none but one with data and no errors. */
async function assertResult(page) {
  const answer = await page.waitForFunction(() => {
    const text = document.querySelector(".result-window .CodeMirror")?.CodeMirror.getValue();
    return text?.trim() || false;
  }).then((handle) => handle.jsonValue());
  assert.match(answer, /"data"/);
  assert.doesNotMatch(answer, /"errors"/);
}

async function assertShown(page, example) {
  await page.waitForFunction(
    (query) => document.querySelector(".graphiql-query-editor .CodeMirror")?.CodeMirror.getValue() === query,
    example.query,
  );
  const variables = await page.evaluate(
    () => document.querySelector(".graphiql-editor-tool .graphiql-editor:not(.hidden) .CodeMirror").CodeMirror.getValue(),
  );
  assert.deepEqual(variables.trim() ? JSON.parse(variables) : undefined, example.variables);
  assert.equal(await page.locator("#examples a[aria-current]").getAttribute("data-example"), example.name);
  assert.equal(await page.locator("#picker").inputValue(), example.name);
}

async function picture(page, name) {
  if (!screenshots) return;
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(screenshots, `playground-${name}.png`) });
}

function isQuery({ query }) {
  return !/^\s*(mutation|subscription)\b/m.test(query);
}
