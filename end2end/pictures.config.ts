// Pictures of every page, to be looked at by people: `cargo xtask pictures FOLDER`. No test.
import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

export default defineConfig({
  ...tests,
  testDir: "pictures",
  timeout: 60_000,
  reporter: [["dot"]],
  projects: [{ name: "pictures" }],
});
