#pragma once

#include <QCoreApplication>

namespace longcode::contacts {

/// The room's translated sentences.
struct Say {
    Q_DECLARE_TR_FUNCTIONS(longcode::contacts)
};

} // namespace longcode::contacts
