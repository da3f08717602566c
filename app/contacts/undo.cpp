#include "contacts/undo.h"

#include "contacts/plain_text.h"
#include "contacts/say.h"

namespace longcode::contacts {

namespace {

UndoPlan::Kept keptBecauseChanged(const Contact &contact) {
    const QString name = contact.name.isEmpty() ? Say::tr("A contact without a name") : excerpt(contact.name);
    return {contact.id, Say::tr("%1 was changed after the import and stays as it is.").arg(name)};
}

} // namespace

UndoPlan planUndo(const ImportUndo &undo, const PresentContact &present) {
    UndoPlan plan;
    for (const Contact &added : undo.added) {
        const auto now = present(added.id);
        if (now == added)
            plan.remove.append(added.id);
        else if (now)
            plan.kept.append(keptBecauseChanged(*now));
    }
    for (const ContactChange &change : undo.changed) {
        const auto now = present(change.after.id);
        if (now == change.after)
            plan.restore.append(change.before);
        else if (now)
            plan.kept.append(keptBecauseChanged(*now));
    }
    return plan;
}

} // namespace longcode::contacts
