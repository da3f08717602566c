#include "store/error.h"

#include <QCoreApplication>

namespace longcode::store {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("longcode::store", text);
}

} // namespace

Failure sentence(const StoreError &error) {
    switch (error.kind) {
    case StoreErrorKind::CannotOpen:
        return {tr("The file with your conversations cannot be opened."),
                tr("Check that its folder exists and that you may write there: %1").arg(error.detail)};
    case StoreErrorKind::Busy:
        return {tr("Another program is holding the file with your conversations."),
                tr("Close other copies of Longcode and programs that back up this folder, then try again.")};
    case StoreErrorKind::Corrupt:
        return {
            tr("The file with your conversations is damaged. Longcode has left it as it is."),
            tr("Put back a backup of it, or move it away to begin with an empty one: %1").arg(error.detail)};
    case StoreErrorKind::TooNew:
        return {tr("The file with your conversations was written by a newer Longcode."),
                tr("Install the newer Longcode to open it: %1").arg(error.detail)};
    case StoreErrorKind::DiskFull:
        return {tr("The disk is full. Nothing was saved."), tr("Make room on the disk, then try again.")};
    case StoreErrorKind::ReadOnly:
        return {tr("The file with your conversations may not be written. Nothing was saved."),
                tr("Check the permissions of the file and its folder: %1").arg(error.detail)};
    case StoreErrorKind::NotFound:
        return {tr("This conversation or message is no longer there."), tr("Choose another one.")};
    case StoreErrorKind::WrongPhase:
        return {tr("This message has already been dealt with."),
                tr("Look at its state in the conversation.")};
    case StoreErrorKind::Closed:
        return {tr("Longcode is closing. Nothing was saved."), tr("Start it again and repeat this.")};
    case StoreErrorKind::StatementFailed:
        break;
    }
    return {tr("Your conversations could not be saved or read."),
            tr("Check the disk, then start Longcode again: %1").arg(error.detail)};
}

} // namespace longcode::store
