#pragma once

#include "support/scratch.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace longcode {
class ProgramArguments;
}

/// The stores that the desk's benches run on: 10,000 conversations, one of which holds a tenth of all
/// messages.
namespace longcode::bench {

/// `longcode-bench fill`. The exit code.
[[nodiscard]] int fill(const ProgramArguments &arguments);

struct MeasuredStore {
    QString folder;
    int messages = 0;
    qint64 bytes = 0;
    [[nodiscard]] QJsonObject context() const;
};

/// `--store`, or the three sizes: kept in `--stores`, else made in a folder that goes with this object.
class Stores {
public:
    explicit Stores(const ProgramArguments &arguments);
    [[nodiscard]] const std::vector<MeasuredStore> &all() const { return m_all; }

private:
    std::optional<tests::Scratch> m_scratch;
    std::vector<MeasuredStore> m_all;
};

} // namespace longcode::bench
