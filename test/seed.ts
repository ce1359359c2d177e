import * as fc from "fast-check";

/** Properties try the same values each time, so that a run says something about the change it runs on. FC_SEED tries others. */
fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 20_261_125) });
