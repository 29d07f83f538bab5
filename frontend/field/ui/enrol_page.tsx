// Enrolment: the supervisor's code, a PIN twice, the first fetch. The link brings the code along; it can be typed as well.

import { useEffect, useState } from "preact/hooks";
import type { VNode } from "preact";

import { StorageFull } from "../domain/errors.ts";
import { readCode } from "../domain/invitation.ts";
import { fitsAsPin } from "../domain/pin.ts";
import { hasMark } from "../store/room.ts";
import { phase } from "../store/session.ts";
import { enrol } from "../sync/enrolment.ts";
import { Denied, NoServer } from "../sync/requests.ts";
import { t } from "./i18n.ts";
import { InstallBand } from "./install_band.tsx";
import { Keypad } from "./keypad.tsx";
import { go } from "./router.ts";
import { Scan } from "./scan/Scan.tsx";

function problem(error: unknown): string {
  if (error instanceof StorageFull) return t("The phone is full. Delete pictures or films, then go on; what is here stays.");
  if (error instanceof NoServer) return t("No network here. Go where there is a signal and try again; the code stays good for ten minutes.");
  if (error instanceof Denied && error.code === "enrolment_code_wrong") return t("That code is not good: used, too old, or mistyped. Ask for a new one.");
  if (error instanceof Denied && error.code === "storage_not_persistent")
    return t("The browser may throw away what is kept here. Add the page to the home screen and open it from there, then try again.");
  return t("That did not work. Try again; if it stays so, show this to your supervisor.");
}

type Step = { readonly is: "code" } | { readonly is: "pin"; readonly code: string } | { readonly is: "again"; readonly code: string; readonly pin: string } | { readonly is: "busy" };

/** What befell the phone before, where something did. */
function greeting(): string {
  if (phase.value === "wiped") return t("This phone was cleared, as your supervisor asked. All of it had been handed in before.");
  if (hasMark()) return t("This phone was enrolled before, and its browser threw the store away. Tell your supervisor: what had not been sent is lost.");
  return "";
}

/** The camera, until it has seen an invitation; other codes are said to be none. */
function Scanning({ next, stop }: { readonly next: (code: string) => void; readonly stop: () => void }): VNode {
  const [strange, setStrange] = useState(false);
  const seen = (text: string): void => {
    const code = readCode(text);
    setStrange(code === null);
    if (code) next(code);
  };
  return (
    <div class="fl-gate-foot">
      <Scan onText={seen} />
      <p role="status">{strange ? t("That code enrols no phone. Your supervisor makes one under Phones.") : t("Hold the camera over the code on your supervisor's screen.")}</p>
      <button type="button" class="fl-btn is-wide" onClick={stop}>
        {t("Type it instead")}
      </button>
    </div>
  );
}

function CodeStep({ next }: { readonly next: (code: string) => void }): VNode {
  const [text, setText] = useState("");
  const [scanning, setScanning] = useState(false);
  const code = readCode(text);
  if (scanning) return <Scanning next={next} stop={() => setScanning(false)} />;
  return (
    <form
      class="fl-gate-foot"
      onSubmit={(event) => {
        event.preventDefault();
        if (code) next(code);
      }}
    >
      {!text && (
        <button type="button" class="fl-btn is-first is-wide" onClick={() => setScanning(true)}>
          {t("Scan the code")}
        </button>
      )}
      <div>
        <label for="code">{t("Or type its 20 characters")}</label>
        <input id="code" class="fl-code" value={text} onInput={(event) => setText(event.currentTarget.value)} autocomplete="off" autocapitalize="characters" spellcheck={false} />
      </div>
      {text && (
        <button type="submit" class="fl-btn is-first is-wide" disabled={code === null}>
          {t("Go on")}
        </button>
      )}
    </form>
  );
}

interface StepsProps {
  readonly given: string | null;
  /** Where the code comes from, said for as long as there is none. */
  readonly whence?: string;
  readonly done: () => void;
}

function Steps({ given, whence, done }: StepsProps): VNode {
  const [step, setStep] = useState<Step>(given ? { is: "pin", code: given } : { is: "code" });
  const [said, setSaid] = useState("");
  const choose = (code: string, pin: string): void => {
    setSaid(fitsAsPin(pin) ? "" : t("Too easy to guess. Choose other digits."));
    if (fitsAsPin(pin)) setStep({ is: "again", code, pin });
  };
  const finish = async (code: string, pin: string, second: string): Promise<void> => {
    if (pin !== second) {
      setSaid(t("The two were not the same. Once more."));
      setStep({ is: "pin", code });
      return;
    }
    setStep({ is: "busy" });
    setSaid("");
    try {
      await enrol(code, pin);
      done();
      go("#/");
    } catch (error) {
      setSaid(problem(error));
      setStep({ is: "code" });
    }
  };
  return (
    <>
      {step.is === "code" && whence && <p>{whence}</p>}
      <p class="fl-late" role="alert">
        {said}
      </p>
      {step.is === "code" && <CodeStep next={(code) => setStep({ is: "pin", code })} />}
      {step.is === "pin" && <p>{t("Choose a PIN of six digits and remember it. Without it nobody reads what is kept here, and nobody can look it up.")}</p>}
      {step.is === "again" && <p>{t("The same six digits once more.")}</p>}
      {step.is === "busy" && (
        <div class="fl-gate-line">
          <i />
        </div>
      )}
      {(step.is === "pin" || step.is === "again") && (
        <div class="fl-gate-foot">
          {step.is === "pin" && <Keypad key="pin" done={(pin) => choose(step.code, pin)} />}
          {step.is === "again" && <Keypad key="again" done={(second) => void finish(step.code, step.pin, second)} />}
        </div>
      )}
    </>
  );
}

/** The code of the link this page was opened by, if by one; it is taken out of the address at once. */
function codeOfLink(): string | null {
  const code = location.hash.startsWith("#enrol=") ? readCode(location.hash) : null;
  if (code) history.replaceState(null, "", location.pathname);
  return code;
}

export function EnrolPage({ done }: { readonly done: () => void }): VNode {
  const [given, setGiven] = useState(codeOfLink);
  // What brought the person here stays in sight, also when the server has meanwhile heard of it.
  const [greeted] = useState(greeting);
  useEffect(() => {
    const came = (): void => {
      const code = codeOfLink();
      if (code) setGiven(code);
    };
    addEventListener("hashchange", came);
    return () => removeEventListener("hashchange", came);
  }, []);
  return (
    <div class="fl-gate">
      <h1>{t("Enrol this phone")}</h1>
      {greeted && <p>{greeted}</p>}
      <InstallBand />
      <Steps key={given ?? ""} given={given} whence={t("Your supervisor makes a code for this phone on a computer: Phones, Enrol a phone.")} done={done} />
    </div>
  );
}

/** For a closed phone: the code opens the way to a fresh enrolment. */
export function EnrolAnew(): VNode {
  return <Steps given={null} done={() => undefined} />;
}
