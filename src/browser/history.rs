//! The runs that were made, kept in this browser: an IndexedDB of their records.

use idb::{
    Database, DatabaseEvent, Error, Factory, KeyPath, ObjectStore, ObjectStoreParams, Transaction,
    TransactionMode, TransactionResult,
};
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::report::record::Record;

const DATABASE: &str = "crawl-playground";
const STORE: &str = "runs";
/// What a record is found by.
const KEY: &str = "at_ms";
/// So many are kept; beyond that the oldest go.
pub const MOST: usize = 200;

/// Why nothing can be kept, or not this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// The browser gives this page no storage, as in some private windows.
    NoStorage,
    /// It has no room left.
    Full,
}

impl Refused {
    fn because(error: &Error) -> Self {
        let reason = match error {
            Error::DomException(exception) => Some(exception.name()),
            Error::AddFailed(reason) | Error::UpdateFailed(reason) => {
                let exception = reason.dyn_ref::<web_sys::DomException>();
                exception.map(web_sys::DomException::name)
            }
            _ => None,
        };
        match reason.as_deref() {
            Some("QuotaExceededError") => Self::Full,
            _ => Self::NoStorage,
        }
    }
}

/// Where the records are.
pub struct History(Database);

impl History {
    /// Opens it, and makes it if this is the first visit.
    ///
    /// # Errors
    /// [`Refused`] where the browser has no storage for this page.
    pub async fn open() -> Result<Self, Refused> {
        let open = async {
            let mut request = Factory::new()?.open(DATABASE, Some(1))?;
            request.on_upgrade_needed(|event| {
                let mut params = ObjectStoreParams::new();
                params.key_path(Some(KeyPath::new_single(KEY)));
                // If it can't be made, neither can a transaction on it, which says so.
                if let Ok(database) = event.database() {
                    let _ = database.create_object_store(STORE, params);
                }
            });
            request.await
        };
        let database = open.await.map_err(|error| Refused::because(&error))?;
        Ok(Self(database))
    }

    /// All that is kept, the newest first.
    ///
    /// # Errors
    /// [`Refused`] where it can't be read.
    pub async fn all(&self) -> Result<Vec<Record>, Refused> {
        let read = async {
            let (_transaction, store) = self.begin(TransactionMode::ReadOnly)?;
            store.get_all(None, None)?.await
        };
        let kept = read.await.map_err(|error| Refused::because(&error))?;
        // They come in the order of their keys.
        Ok(kept.iter().rev().map(read_record).collect())
    }

    /// Keeps a record, in the place of the one with its number if there is one.
    ///
    /// # Errors
    /// [`Refused`] where there is no room for it.
    pub async fn put(&self, record: &Record) -> Result<(), Refused> {
        let put = async {
            let (transaction, store) = self.begin(TransactionMode::ReadWrite)?;
            store.put(&write_record(record), None)?.await?;
            transaction.commit()?.await
        };
        is_kept(put.await)
    }

    /// Forgets one.
    ///
    /// # Errors
    /// [`Refused`] where it can't be written.
    pub async fn forget(&self, at_ms: f64) -> Result<(), Refused> {
        let forget = async {
            let (transaction, store) = self.begin(TransactionMode::ReadWrite)?;
            store.delete(JsValue::from_f64(at_ms))?.await?;
            transaction.commit()?.await
        };
        is_kept(forget.await)
    }

    fn begin(&self, mode: TransactionMode) -> Result<(Transaction, ObjectStore), Error> {
        let transaction = self.0.transaction(&[STORE], mode)?;
        let store = transaction.object_store(STORE)?;
        Ok((transaction, store))
    }
}

/// A transaction that is given up without an error had no room to be written to the disk.
fn is_kept(ended: Result<TransactionResult, Error>) -> Result<(), Refused> {
    match ended {
        Ok(TransactionResult::Committed) => Ok(()),
        Ok(TransactionResult::Aborted) => Err(Refused::Full),
        Err(error) => Err(Refused::because(&error)),
    }
}

fn write_record(record: &Record) -> JsValue {
    let object = Object::new();
    let set = |key: &str, value: JsValue| {
        // A plain object takes any key.
        let _ = Reflect::set(&object, &key.into(), &value);
    };
    set(KEY, record.at_ms.into());
    set("name", record.name.as_str().into());
    set("network", record.network.as_str().into());
    set("settings", record.settings.as_str().into());
    set("total_us", (record.total_us as f64).into());
    set("tasks", (record.tasks as f64).into());
    set("failed", (record.failed as f64).into());
    set("cancelled", (record.cancelled as f64).into());
    set("peak", record.peak.into());
    object.into()
}

/// What is missing or of another kind is read as nothing, so that a record of another version is still one.
fn read_record(object: &JsValue) -> Record {
    let get = |key: &str| Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED);
    let text = |key| get(key).as_string().unwrap_or_default();
    let number = |key| get(key).as_f64().unwrap_or(0.0);
    Record {
        at_ms: number(KEY),
        name: text("name"),
        network: text("network"),
        settings: text("settings"),
        total_us: number("total_us") as u64,
        tasks: number("tasks") as usize,
        failed: number("failed") as usize,
        cancelled: number("cancelled") as usize,
        peak: number("peak") as u32,
    }
}
