#pragma once

#include <QString>
#include <QTemporaryDir>

namespace longcode::tests {

/// A private folder for one test, with HOME, XDG_* and the runtime folder inside it.
class Scratch {
public:
    Scratch();
    [[nodiscard]] QString path(const QString &name = {}) const;

private:
    QTemporaryDir m_dir;
};

/// The path of a built program: `program("longcode-relay")`.
[[nodiscard]] QString program(const char *name);
/// A file of the source tree.
[[nodiscard]] QString sourceFile(const char *relative);

} // namespace longcode::tests
