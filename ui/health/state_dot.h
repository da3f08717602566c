#pragma once

#include "health/relay_words.h"
#include "style/tokens.h"

#include <QWidget>

namespace longcode::health {

[[nodiscard]] QColor colourOf(StateTone tone, const style::Tokens &tokens);

/// A disc in the colour of the relay's state; the words beside it say the same. UI thread.
class StateDot final : public QWidget {
    Q_OBJECT
public:
    explicit StateDot(QWidget *parent = nullptr);
    void setTone(StateTone tone);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateTone m_tone = StateTone::Quiet;
};

} // namespace longcode::health
