#pragma once

#include "desk/address_book.h"
#include "desk/contact_journal.h"

#include <functional>

namespace longcode::desk {

/// What work on a contacts file needs, on the thread that does it. All referred to outlive the work.
struct ContactWork {
    store::Store &store;
    store::Reader &reader; ///< of this thread
    phone::Region home;
    QString folder; ///< the profile's
    QDateTime now;
    std::function<bool()> isCancelled; ///< also at the end of the program
    std::function<bool()> isEnding;    ///< of the program: nothing long begins any more
    std::function<void(int)> tellPercent;
};

/// Judges a CSV or vCard file, which of the two its beginning tells. Holds 1,000 verdicts of each kind,
/// whatever the file's size.
[[nodiscard]] Result<ImportPreview, Failure> previewFile(const QString &path, const ContactWork &work);

/// Takes a file over, some hundred contacts in each transaction, each written into the journal before. When
/// it is cancelled or fails on the way, what it did is taken back; when the program ends on the way, at the
/// next start. What was cut short before is taken back first.
[[nodiscard]] Result<contacts::ImportTotals, Failure> importFile(const QString &path,
                                                                 const ContactWork &work);

/// All contacts, by name. The file is replaced when all is written.
[[nodiscard]] Result<int, Failure> exportFile(const QString &path, ContactFormat format,
                                              const ContactWork &work);

} // namespace longcode::desk
